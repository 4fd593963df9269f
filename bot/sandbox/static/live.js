// Keeps the page as it is on the server: messages, the form in front, the first
// steps, what went over the wire, and the clock.

const { look: on, as, channel, home, revision, lost, over } = document.body.dataset;
const list = document.getElementById("messages");
const scroll = document.getElementById("scroll");
const exchanges = document.getElementById("exchanges");
const shownExchanges = 100;

function days() {
  for (const line of list.querySelectorAll(".day")) line.remove();
  let last = "";
  for (const message of list.querySelectorAll(".message:not(.reply)")) {
    if (message.dataset.day === last) continue;
    last = message.dataset.day;
    const line = document.createElement("li");
    line.className = "day";
    line.textContent = last;
    message.before(line);
  }
}

// What is new is read from its beginning: the newest message's end is shown, or
// where it does not fit, its top. Whoever scrolled elsewhere is left there.
let rested = -1;

const rests = () => scroll.scrollTop === rested;
const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;

function follow() {
  const newest = list.lastElementChild;
  const top = newest.getBoundingClientRect().top - scroll.getBoundingClientRect().top + scroll.scrollTop;
  scroll.scrollTop = Math.min(scroll.scrollHeight, top - 12);
  rested = scroll.scrollTop;
}

// A picture takes its room only once it is there.
list.addEventListener("load", () => { if (rests()) follow(); }, true);

function put({ id, order, html }) {
  const stays = rests();
  const ends = atEnd();
  const made = document.createElement("template");
  made.innerHTML = html;
  const message = made.content.firstElementChild;
  const old = document.getElementById(id);
  if (old) {
    const focused = old.contains(document.activeElement);
    old.replaceWith(message);
    if (focused) (message.querySelector("button.button, select") || document.getElementById("text"))?.focus();
  } else {
    const later = [...list.querySelectorAll(".message")].find((m) => m.dataset.order > order);
    list.insertBefore(message, later || null);
  }
  days();
  if (stays || (ends && !old)) follow();
  else if (ends) scroll.scrollTop = scroll.scrollHeight;
}

// part replaces a part of the page. What was typed into fields that are still
// there stays, as when a form comes back with what is wrong.
function part({ id, version, html }, showModal) {
  const element = document.getElementById(id);
  if (!element || (element.dataset.version || "") === version) return;
  const typed = [...element.querySelectorAll("input:not([type=hidden]), textarea, select")]
    .filter((field) => field.id).map((field) => [field.id, field.value]);
  const focused = element.contains(document.activeElement) && document.activeElement.id;
  element.dataset.version = version;
  element.innerHTML = html;
  element.hidden = false;
  for (const [field, value] of typed) {
    const same = document.getElementById(field);
    if (same && value !== "") same.value = value;
  }
  if (id === "modal") showModal();
  else if (focused) document.getElementById(focused)?.focus();
}

export function listen({ tell, showModal }) {
  days();
  const query = new URLSearchParams({ on, as, channel, after: revision });
  if (home) query.set("home", "1");
  const source = new EventSource("events?" + query);
  let away = false;
  const hear = (name, handle) => source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  hear("put", put);
  hear("drop", ({ id }) => { document.getElementById(id)?.remove(); days(); });
  hear("part", (change) => part(change, showModal));
  hear("unread", ({ channel }) => {
    const link = document.querySelector(`nav a[data-channel="${CSS.escape(channel)}"]`);
    if (!link) return;
    link.classList.add("unread");
    link.querySelector(".dot").hidden = false;
  });
  hear("wire", ({ id, html }) => {
    if (exchanges.querySelector(`details[data-id="${id}"]`)) return;
    exchanges.insertAdjacentHTML("afterbegin", html);
    while (exchanges.children.length > shownExchanges) exchanges.lastElementChild.remove();
  });
  hear("clock", ({ date, time }) => {
    document.querySelector("#clock .date").textContent = date;
    document.querySelector("#clock .time").textContent = time;
  });
  source.onopen = () => {
    if (away) tell("");
    away = false;
    document.body.dataset.live = "1";
  };
  source.onerror = () => {
    away = true;
    tell(source.readyState === EventSource.CLOSED ? over : lost, true);
  };
  // A page that goes into the history must not hold its stream.
  addEventListener("pagehide", () => source.close(), { once: true });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
