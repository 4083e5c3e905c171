// The comfort panel, sharing and terms; fetched when one of them is first touched.
const KEY = "gw-comfort";
const root = document.documentElement;
const GROUPS = [["scheme", "", "light", "dark", "low-glare"], ["text", "", "large", "larger"], ["spacing", "", "wide"]];
const SWITCHES = ["motion", "focus", "short"];

function chosen() {
  try { return JSON.parse(localStorage.getItem(KEY)) ?? {}; } catch { return {}; }
}

function keep(choices) {
  try {
    if (Object.keys(choices).length) localStorage.setItem(KEY, JSON.stringify(choices));
    else localStorage.removeItem(KEY);
  } catch { /* a browser that keeps nothing still changes this page */ }
}

/** @param {string} tag @param {object} given properties @param {...(Node|string)} children */
function make(tag, given, ...children) {
  const element = Object.assign(document.createElement(tag), given);
  element.append(...children);
  return element;
}

function option(type, name, value, label, checked) {
  const input = make("input", { type, name, value, checked });
  return make("label", { className: type === "radio" ? "" : "switch" }, input, make("span", {}, label));
}

function buildForm(words) {
  const next = () => words.shift();
  const now = chosen();
  const form = make("form", {});
  for (const [name, ...values] of GROUPS) {
    const legend = make("legend", {}, next());
    const options = values.map((value) => option("radio", name, value, next(), value === (now[name] ?? "")));
    form.append(make("fieldset", {}, legend, make("div", { className: "segments" }, ...options)));
  }
  const legend = make("legend", {}, next());
  form.append(make("fieldset", {}, legend, ...SWITCHES.map((name) => option("checkbox", name, "on", next(), name in now))));
  form.append(make("p", { className: "small" }, next()));
  const reset = make("button", { type: "reset", className: "button quiet" }, next());
  const done = make("button", { type: "button", className: "button", onclick: () => panel().hidePopover() }, next());
  form.append(make("div", { className: "comfort-end" }, reset, done));
  form.addEventListener("change", () => apply(form));
  reset.addEventListener("click", (event) => {
    event.preventDefault();
    for (const input of form.elements) input.checked = input.type === "radio" && !input.value;
    apply(form);
  });
  return form;
}

function apply(form) {
  const choices = {};
  for (const { name } of form.elements) if (name) delete root.dataset[name];
  for (const { name, value, checked } of form.elements) if (name && checked && value) choices[name] = value;
  Object.assign(root.dataset, choices);
  keep(choices);
}

const panel = () => document.getElementById("page-comfort");

function comfort(place, type) {
  if (!panel().firstChild) {
    panel().append(buildForm(panel().dataset.words.split("|").map((word) => word.trim())));
  }
  if (type !== "click" || place.popoverTargetElement) return;
  panel().showPopover({ source: place });
  // From now on the browser itself opens and closes it, and tells assistive technology so.
  place.popoverTargetElement = panel();
}

function say(place, words) {
  const label = place.textContent;
  place.closest(".share").querySelector("[data-status]").textContent = words;
  place.textContent = words;
  setTimeout(() => { place.textContent = label; }, 2500);
}

let timer = 0;

function hoverTerm(button) {
  const card = document.getElementById(button.getAttribute("popovertarget"));
  clearTimeout(timer);
  if (card.matches(":popover-open")) return;
  timer = setTimeout(() => {
    card.showPopover({ source: button });
    button.popoverTargetAction = "show";
    button.onpointerleave = card.onpointerleave = () => {
      timer = setTimeout(() => { card.hidePopover(); button.popoverTargetAction = "toggle"; }, 300);
    };
    card.onpointerenter = () => clearTimeout(timer);
  }, 250);
  button.onpointerleave = () => clearTimeout(timer);
}

const address = () => document.querySelector('link[rel="canonical"]')?.href ?? location.href;

const actions = {
  comfort,
  print: (_, type) => { if (type === "click") print(); },
  share: (_, type) => {
    if (type === "click") navigator.share({ title: document.title, url: address() }).catch(() => {});
  },
  copy: async (place, type) => {
    if (type !== "click") return;
    await navigator.clipboard.writeText(address());
    say(place, place.dataset.done);
  },
  term: (place, type) => {
    if (type === "pointerover" && matchMedia("(hover: hover)").matches) hoverTerm(place);
    if (type === "click") clearTimeout(timer);
  },
};

if (navigator.share) for (const button of document.querySelectorAll('[data-do="share"]')) button.hidden = false;

/** @param {HTMLElement} place what was touched @param {string} type the event's type */
export function act(place, type) {
  return actions[place.dataset.do]?.(place, type);
}
