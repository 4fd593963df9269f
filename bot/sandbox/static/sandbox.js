"use strict";

// The page works by plain forms and links; this keeps it up to date, sends
// without leaving it, and completes commands.
const { as, channel, revision } = document.body.dataset;
const list = document.getElementById("messages");
const scroll = document.getElementById("scroll");
const statusLine = document.getElementById("status");
const text = document.getElementById("text");

// The token in the address has done its work: the cookie takes over.
const here = new URL(location.href);
if (here.searchParams.has("token")) {
  here.searchParams.delete("token");
  history.replaceState(null, "", here);
}

function tell(message, bad) {
  statusLine.textContent = message;
  statusLine.classList.toggle("bad", Boolean(bad));
}

// --- the conversation -------------------------------------------------------

function days() {
  for (const line of list.querySelectorAll(".day")) line.remove();
  let last = "";
  for (const message of list.querySelectorAll(".message")) {
    if (message.dataset.day === last) continue;
    last = message.dataset.day;
    const line = document.createElement("li");
    line.className = "day";
    line.textContent = last;
    message.before(line);
  }
}

function atEnd() {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
}

function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
}

function find(ts) {
  return document.getElementById("m" + ts.replace(".", "-"));
}

function put({ ts, html }) {
  const follow = atEnd();
  const made = document.createElement("template");
  made.innerHTML = html;
  const message = made.content.firstElementChild;
  const old = find(ts);
  if (old) {
    const focused = old.contains(document.activeElement);
    old.replaceWith(message);
    if (focused) text.focus();
  } else {
    const later = [...list.querySelectorAll(".message")].find((m) => m.dataset.ts > ts);
    list.insertBefore(message, later || null);
  }
  days();
  if (follow) toEnd();
}

function connect() {
  const query = new URLSearchParams({ as, channel, after: revision });
  const source = new EventSource("/events?" + query);
  const on = (name, handle) => source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  on("put", put);
  on("drop", ({ ts }) => { find(ts)?.remove(); days(); });
  on("unread", ({ channel }) => {
    const link = document.querySelector(`nav a[data-channel="${CSS.escape(channel)}"]`);
    if (!link) return;
    link.classList.add("unread");
    link.querySelector(".dot").hidden = false;
  });
  on("clock", ({ date, time }) => {
    document.querySelector("#clock .date").textContent = date;
    document.querySelector("#clock .time").textContent = time;
  });
  source.onopen = () => { if (statusLine.dataset.lost) { delete statusLine.dataset.lost; tell(""); } };
  source.onerror = () => {
    statusLine.dataset.lost = "1";
    tell(source.readyState === EventSource.CLOSED
      ? "The demo has stopped or was started anew. Open the address that it printed."
      : "The demo does not answer. Trying again…", true);
  };
  // A page that goes into the history must not hold its stream.
  addEventListener("pagehide", () => source.close(), { once: true });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

// --- sending ----------------------------------------------------------------

async function submit(form, data) {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "X-Requested-With": "fetch" },
      body: new URLSearchParams(data),
    });
    tell(answer.ok ? "" : await answer.text(), !answer.ok);
    return answer.ok;
  } catch {
    tell("The demo does not answer. Is it still running?", true);
    return false;
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  if (form.id === "composer") {
    const typed = text.value;
    if (typed.trim() === "") return;
    text.value = "";
    closeCommands();
    if (typed.startsWith("/")) document.getElementById("chips")?.remove();
    toEnd();
    if (!await submit(form, data) && text.value === "") text.value = typed;
    return;
  }
  const busy = form.id === "clock" ? form : event.submitter;
  if (busy.getAttribute("aria-busy") === "true" && form.id === "clock") return;
  busy.setAttribute("aria-busy", "true");
  if (form.id === "clock") tell("The clock moves…");
  await submit(form, data);
  busy.removeAttribute("aria-busy");
});

// --- completing commands ----------------------------------------------------

const commands = document.getElementById("commands");
const options = [...commands.children];
let chosen = null;

function choose(option) {
  if (chosen) chosen.setAttribute("aria-selected", "false");
  chosen = option;
  if (!chosen) return text.removeAttribute("aria-activedescendant");
  chosen.setAttribute("aria-selected", "true");
  chosen.scrollIntoView({ block: "nearest" });
  text.setAttribute("aria-activedescendant", chosen.id);
}

function closeCommands() {
  commands.hidden = true;
  text.setAttribute("aria-expanded", "false");
  choose(null);
}

function complete() {
  const typed = text.value.toLowerCase();
  let shown = 0;
  for (const option of options) {
    option.hidden = !(typed.startsWith("/") && option.dataset.text.startsWith(typed));
    if (!option.hidden) shown++;
  }
  if (shown === 0) return closeCommands();
  commands.hidden = false;
  text.setAttribute("aria-expanded", "true");
  choose(null);
}

function accept(option) {
  text.value = option.dataset.text + " ";
  closeCommands();
  text.focus();
}

function step(by) {
  const shown = options.filter((option) => !option.hidden);
  const at = chosen ? shown.indexOf(chosen) + by : by > 0 ? 0 : -1;
  choose(shown.at(at % shown.length));
}

text.addEventListener("input", complete);
text.addEventListener("blur", () => closeCommands());
text.addEventListener("keydown", (event) => {
  const open = !commands.hidden;
  if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (open && event.key === "Escape") {
    closeCommands();
  } else if (open && event.key === "Tab" && !event.shiftKey) {
    event.preventDefault();
    accept(chosen || options.find((option) => !option.hidden));
  } else if (open && chosen && event.key === "Enter") {
    event.preventDefault();
    accept(chosen);
  }
});
// mousedown, so that the box keeps the focus.
commands.addEventListener("mousedown", (event) => {
  event.preventDefault();
  const option = event.target.closest("[role=option]");
  if (option) accept(option);
});

document.addEventListener("click", (event) => {
  const chip = event.target.closest(".chip");
  if (!chip) return;
  text.value = chip.dataset.text;
  closeCommands();
  text.focus();
});

// --- the side on narrow screens ---------------------------------------------

const side = document.getElementById("side");
const menu = document.getElementById("menu");

function toggleSide(open) {
  side.classList.toggle("open", open);
  menu.setAttribute("aria-expanded", String(open));
  if (open) side.querySelector("a").focus();
  else menu.focus();
}

menu.addEventListener("click", () => toggleSide(true));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && side.classList.contains("open")) toggleSide(false);
});
document.querySelector("main").addEventListener("click", (event) => {
  if (side.classList.contains("open") && !menu.contains(event.target)) toggleSide(false);
});

days();
toEnd();
connect();
