// The page works by plain forms and links; this keeps it up to date, sends
// without leaving it, and completes commands.
import { listen } from "./live.js";
import { composer } from "./composer.js";

const { lost, moves } = document.body.dataset;
const scroll = document.getElementById("scroll");
const statusLine = document.getElementById("status");
const modal = document.getElementById("modal");
const side = document.getElementById("side");
const menu = document.getElementById("menu");
const wire = document.getElementById("wire");
const developer = document.getElementById("developer");

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

// post sends a form and returns what is wrong, nothing where all went well.
async function post(action, data) {
  try {
    const answer = await fetch(action, {
      method: "POST",
      headers: { "X-Requested-With": "fetch" },
      body: [...data.values()].some((value) => value instanceof File) ? data : new URLSearchParams(data),
    });
    return answer.ok ? "" : await answer.text();
  } catch {
    return lost;
  }
}

const box = composer(tell);
listen({ tell, showModal });

// --- forms ------------------------------------------------------------------

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.id === "composer") return box.send(post);
  const button = event.submitter;
  const busy = form.id === "clock" || form.classList.contains("window") ? form : button;
  if (busy.getAttribute("aria-busy") === "true") return;
  busy.setAttribute("aria-busy", "true");
  if (form.id === "clock") tell(moves);
  const wrong = await post(form.action, new FormData(form, button));
  busy.removeAttribute("aria-busy");
  const trouble = form.querySelector(".trouble");
  if (trouble) trouble.textContent = wrong;
  else tell(wrong, wrong !== "");
});

// Choosing from a select in a message sends the choice.
document.addEventListener("change", async (event) => {
  const select = event.target.closest("select.choose");
  if (!select || select.value === "") return;
  const data = new FormData(select.form);
  data.set("press", select.dataset.press);
  data.set("values", select.value);
  select.setAttribute("aria-busy", "true");
  const wrong = await post("press", data);
  tell(wrong, wrong !== "");
  select.removeAttribute("aria-busy");
});

// --- the form in front ------------------------------------------------------

let before = null; // what had the focus when the form opened

function showModal() {
  const shown = modal.firstElementChild;
  if (!shown) {
    if (modal.open) modal.close();
    before?.isConnected && before.focus();
    before = null;
    return;
  }
  if (!modal.open) {
    before = document.activeElement;
    modal.removeAttribute("open");
    modal.showModal();
  }
  const wrong = modal.querySelector("[aria-invalid]");
  const first = wrong || modal.querySelector(".body input:not([type=hidden]), .body select, .body textarea, .foot .primary");
  first?.focus();
}

// Escape closes it as its own button does, so that the platform knows.
modal.addEventListener("cancel", (event) => {
  event.preventDefault();
  modal.querySelector(".close")?.click();
});

// --- first steps ------------------------------------------------------------

document.addEventListener("click", async (event) => {
  const step = event.target.closest(".try");
  if (!step) return;
  if (step.dataset.jump) {
    const clock = document.getElementById("clock");
    clock.querySelector(`button[value="${CSS.escape(step.dataset.jump)}"]`).click();
    return;
  }
  if (box.put) return box.put(step.dataset.text, JSON.parse(step.dataset.options) || []);
  // Home has no message box: it is put into that of the first channel.
  sessionStorage.setItem("step", "1");
  location.href = document.querySelector("nav a[data-channel]").href;
});

if (box.put && sessionStorage.getItem("step")) {
  sessionStorage.removeItem("step");
  document.querySelector("#guide .try:not([data-jump])")?.click();
}

// --- on the wire ------------------------------------------------------------

function toggleWire(open) {
  wire.hidden = !open;
  developer.setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("wired", open);
  sessionStorage.setItem("wire", open ? "1" : "");
}

developer.addEventListener("click", () => {
  toggleWire(wire.hidden);
  if (!wire.hidden) document.getElementById("unwire").focus();
});
document.getElementById("unwire").addEventListener("click", () => { toggleWire(false); developer.focus(); });
if (sessionStorage.getItem("wire")) toggleWire(true);

wire.addEventListener("toggle", async (event) => {
  const details = event.target;
  if (!details.open || details.dataset.read) return;
  details.dataset.read = "1";
  const answer = await fetch("wire/" + details.dataset.id);
  if (!answer.ok) return;
  const body = document.createElement("div");
  body.innerHTML = await answer.text();
  details.append(body);
}, true);

// --- the side on narrow screens ---------------------------------------------

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

scroll.scrollTop = scroll.scrollHeight;
showModal();
