// The message box: commands are completed, and on platforms that have fields for
// a command's options, each gets its own.

const text = document.getElementById("text");
const list = document.getElementById("commands");
const fields = document.getElementById("fields");
const form = document.getElementById("composer");
const { ready, unheard } = document.body.dataset;

// menu shows a listbox of options for an input, chosen by arrows or mouse.
function menu(input, box, accept) {
  let chosen = null;
  const shown = () => [...box.children].filter((option) => !option.hidden);

  function choose(option) {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option;
    if (!chosen) return input.removeAttribute("aria-activedescendant");
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", chosen.id);
  }

  function close() {
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(null);
  }

  function open() {
    if (shown().length === 0) return close();
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose(null);
  }

  function step(by) {
    const options = shown();
    const at = chosen ? options.indexOf(chosen) + by : by > 0 ? 0 : -1;
    choose(options.at(at % options.length));
  }

  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (box.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      close();
    } else if (event.key === "Tab" && !event.shiftKey && (chosen || input === text)) {
      event.preventDefault();
      accept(chosen || shown()[0]);
    } else if (chosen && event.key === "Enter") {
      event.preventDefault();
      accept(chosen);
    }
  });
  // mousedown, so that the box keeps the focus.
  box.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) accept(option);
  });
  return { open, close };
}

// completions asks the bot how an option could go on, a little after typing.
function completions(input, name) {
  const box = document.createElement("ul");
  box.id = "complete-" + name;
  box.className = "completions";
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", name);
  box.hidden = true;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", box.id);
  const shown = menu(input, box, (option) => { input.value = option.dataset.value; shown.close(); });
  let asked = 0;
  async function ask() {
    const mine = ++asked;
    await new Promise((done) => setTimeout(done, 150));
    if (mine !== asked) return;
    const data = new FormData(form);
    for (const [other, value] of [...data]) if (value instanceof File) data.delete(other);
    data.set("option", name);
    const answer = await fetch("complete", { method: "POST", body: new URLSearchParams(data) });
    if (!answer.ok || mine !== asked || document.activeElement !== input) return;
    box.replaceChildren(...(await answer.json()).map(({ name: label, value }, i) => {
      const option = document.createElement("li");
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.id = `${box.id}-${i}`;
      option.dataset.value = value;
      option.textContent = label;
      return option;
    }));
    shown.open();
  }
  input.addEventListener("focus", ask);
  input.addEventListener("input", ask);
  return box;
}

// field makes the field of an option.
function field({ Name: name, Description: about, Required: required, Completes: completes, File: file, Choices: choices }) {
  const label = document.createElement("label");
  const title = document.createElement("span");
  title.textContent = name + (required ? " *" : "");
  label.title = about;
  const input = document.createElement(choices ? "select" : "input");
  if (file) input.type = "file";
  input.name = "o." + name;
  input.required = required;
  input.setAttribute("aria-description", about);
  if (choices) input.append(new Option("", ""), ...choices.map((choice) => new Option(choice.name, choice.value)));
  else input.autocomplete = "off";
  label.append(title, input);
  if (completes) label.append(completions(input, name));
  return label;
}

export function composer(tell) {
  if (!form) return {};
  const options = [...list.children];
  const commands = menu(text, list, accept);
  const thread = document.createElement("input");
  thread.type = "hidden";
  thread.name = "thread";
  form.append(thread);
  const placeholder = text.placeholder;

  function showFields() {
    const command = options.find((option) => option.dataset.fields && text.value.trim() === option.dataset.text);
    const known = command?.dataset.text || "";
    if (fields.dataset.of === known) return;
    fields.dataset.of = known;
    fields.replaceChildren(...(command ? JSON.parse(command.dataset.fields).map(field) : []));
    fields.hidden = !command;
  }

  function complete() {
    const typed = text.value.toLowerCase();
    for (const option of options) {
      option.hidden = !(typed.startsWith("/") && option.dataset.text.startsWith(typed));
    }
    commands.open();
    showFields();
  }

  function accept(option) {
    text.value = option.dataset.text + " ";
    commands.close();
    showFields();
    (fields.querySelector("input, select") || text).focus();
  }

  function clear() {
    text.value = "";
    showFields();
  }

  function replyTo(id, name) {
    thread.value = id;
    text.placeholder = id ? name : placeholder;
    text.focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".rejoin");
    if (button) replyTo(button.dataset.thread, button.textContent);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && thread.value) replyTo("", "");
  });
  text.addEventListener("input", complete);

  return {
    async send(post) {
      const data = new FormData(form);
      const file = document.getElementById("file");
      if (text.value.trim() === "" && !file?.value) return;
      const typed = text.value;
      clear();
      if (file) file.value = "";
      commands.close();
      if (thread.value) replyTo("", "");
      const scroll = document.getElementById("scroll");
      scroll.scrollTop = scroll.scrollHeight;
      text.focus();
      const wrong = await post(form.action, data);
      tell(wrong || (typed.startsWith("/") ? "" : unheard), wrong !== "");
      if (wrong && text.value === "") text.value = typed;
    },
    put(words, given) {
      text.value = words;
      commands.close();
      showFields();
      for (const { name, value } of given) {
        const input = fields.querySelector(`[name="o.${CSS.escape(name)}"]`);
        if (input) input.value = value;
      }
      tell(ready);
      text.focus();
    },
  };
}
