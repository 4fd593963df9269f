// Returns what a keyboard or screen-reader user would stumble over on the page as
// it is now: the rules of WCAG 2.2 AA that can be judged by a program.
(() => {
  const found = [];
  const wrong = (rule, element) => found.push(`${rule}: ${element.outerHTML.slice(0, 160)}`);
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !element.closest("[aria-hidden=true]");
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);

  const named = (element) => {
    const by = element.getAttribute("aria-labelledby");
    if (by) return by.split(" ").map((id) => document.getElementById(id)?.textContent || "").join("").trim();
    const label = element.getAttribute("aria-label") || [...(element.labels || [])].map((l) => l.textContent).join("");
    return (label || (element.matches("button, a, summary") ? element.innerText : "") || element.title).trim();
  };
  for (const element of all("button, a[href], input:not([type=hidden]), select, textarea, summary, dialog, nav, aside, [role]")) {
    if (element.matches("[role=status], [role=alert]")) continue;
    if (element.matches("[role=option]") ? !element.innerText.trim() : !named(element)) wrong("no name", element);
  }
  for (const image of all("img, svg")) {
    if (!image.hasAttribute("alt") && !image.getAttribute("aria-label")) wrong("no alternative text", image);
  }
  const ids = new Set();
  for (const element of document.querySelectorAll("[id]")) {
    if (ids.has(element.id)) wrong("id twice", element);
    ids.add(element.id);
  }
  for (const name of ["aria-controls", "aria-labelledby", "aria-describedby", "aria-activedescendant"]) {
    for (const element of all(`[${name}]`)) {
      for (const id of element.getAttribute(name).split(" ").filter(Boolean)) if (!document.getElementById(id)) wrong(`${name} of nothing`, element);
    }
  }
  let level = 0;
  if (all("h1").length !== 1) found.push(`${all("h1").length} main headings`);
  for (const heading of all("main h1, main h2, main h3, main h4")) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) wrong("heading skips a level", heading);
    level = own;
  }
  if (!document.documentElement.lang) found.push("no language");
  if (all("main").length !== 1) found.push("not one main part");
  for (const element of all("[tabindex]")) if (element.tabIndex > 0) wrong("forced focus order", element);
  for (const element of all("button, select, input:not([type=hidden]):not([type=radio]):not([type=checkbox])")) {
    const { width, height } = element.getBoundingClientRect();
    if (width > 0 && !element.matches(".rejoin") && (width < 24 || height < 24)) wrong("smaller than 24 pixels", element);
  }

  // Contrast of every piece of text against what is painted behind it.
  const channel = (value) => { const v = value / 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (colors) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const color of colors) { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const behind = (element) => {
    const colors = [];
    for (let at = element; at; at = at.parentElement) {
      colors.unshift(getComputedStyle(at).backgroundColor);
      if (at.matches("dialog, nav, #commands, .completions")) break;
    }
    return ["#fff", ...colors];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const judged = new Set();
  const modal = document.querySelector("dialog[open]");
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || judged.has(element) || !element.checkVisibility() || element.matches("option, script")) continue;
    if (modal && !modal.contains(element)) continue;
    judged.add(element);
    const style = getComputedStyle(element);
    const paper = behind(element);
    const [a, b] = [light(over(paper)), light(over([...paper, style.color]))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) wrong(`contrast ${ratio.toFixed(2)} of ${style.color}`, element);
  }
  return found.join("\n");
})()
