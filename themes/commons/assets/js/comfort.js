// The comfort panel, sharing and terms; fetched when one of them is first touched.
const KEY = "gw-comfort";
const root = document.documentElement;
function chosen() {
  try { return JSON.parse(localStorage.getItem(KEY)) ?? {}; } catch { return {}; }
}

function keep(choices) {
  try {
    if (Object.keys(choices).length) localStorage.setItem(KEY, JSON.stringify(choices));
    else localStorage.removeItem(KEY);
  } catch { /* a browser that keeps nothing still changes this page */ }
}

/** @param {HTMLFormElement} form fill it with what was chosen, and listen */
function prepare(form) {
  const now = chosen();
  for (const input of form.elements) if (input.name in now) input.checked = input.value === now[input.name];
  form.addEventListener("change", () => apply(form));
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const input of form.elements) input.checked = input.type === "radio" && !input.value;
    apply(form);
  });
}

function apply(form) {
  const choices = {};
  for (const { name } of form.elements) if (name) delete root.dataset[name];
  for (const { name, value, checked } of form.elements) if (name && checked && value) choices[name] = value;
  Object.assign(root.dataset, choices);
  keep(choices);
}

const panel = () => document.getElementById("page-comfort");

const spoken = () => import(import.meta.url.replace(/js$/, `${root.dataset.words}.js`));

async function comfort(place, type) {
  const html = (await spoken()).default;
  if (!panel().firstChild) {
    panel().innerHTML = html;
    prepare(panel().querySelector("form"));
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

// Seen when the pointer arrives: the press itself may take the mark away.
let marked = "";

const actions = {
  comfort,
  mail: (_, type) => {
    if (type !== "click") return;
    location.href = `mailto:?subject=${encodeURIComponent(document.title)}&body=${encodeURIComponent(address())}`;
  },
  mistake: (_, type) => {
    const at = getSelection(), field = document.getElementById("page-passage");
    if (!at.isCollapsed && document.getElementById("page-text").contains(at.anchorNode)) marked = at.toString().trim();
    if (type === "click") field.value ||= marked.slice(0, 600);
  },
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
