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

function apply(form) {
  const choices = {};
  for (const input of form.elements) {
    if (!input.name) continue;
    if (input.type === "radio" ? input.checked : true) delete root.dataset[input.name];
    if (input.checked && input.value) choices[input.name] = root.dataset[input.name] = input.value;
  }
  keep(choices);
}

function prepare(form) {
  if (form.dataset.ready) return;
  form.dataset.ready = "";
  for (const [name, value] of Object.entries(chosen())) {
    for (const input of form.elements) if (input.name === name && input.value === value) input.checked = true;
  }
  form.addEventListener("change", () => apply(form));
  form.addEventListener("reset", () => setTimeout(() => apply(form)));
}

function say(place, words) {
  const status = place.closest(".share")?.querySelector("[data-status]");
  if (status) status.textContent = words;
  const label = place.textContent;
  place.textContent = words;
  setTimeout(() => { place.textContent = label; }, 2500);
}

const terms = { timer: 0 };

function showTerm(button) {
  const card = document.getElementById(button.getAttribute("popovertarget"));
  clearTimeout(terms.timer);
  if (!card || card.matches(":popover-open")) return;
  terms.timer = setTimeout(() => {
    card.showPopover({ source: button });
    button.popoverTargetAction = "show";
    const leave = (event) => {
      if (event.relatedTarget && (card.contains(event.relatedTarget) || button.contains(event.relatedTarget))) return;
      terms.timer = setTimeout(() => { card.hidePopover(); button.popoverTargetAction = "toggle"; }, 300);
    };
    button.onpointerleave = card.onpointerleave = leave;
    card.onpointerenter = () => clearTimeout(terms.timer);
  }, 250);
}

const actions = {
  comfort: () => prepare(document.querySelector("#comfort form")),
  print: (place, type) => { if (type === "click") print(); },
  share: (place, type) => {
    if (type === "click") navigator.share?.({ title: document.title, url: canonical() }).catch(() => {});
  },
  copy: async (place, type) => {
    if (type !== "click") return;
    await navigator.clipboard.writeText(canonical());
    say(place, place.dataset.done);
  },
  term: (place, type) => {
    if (type === "pointerover" && matchMedia("(hover: hover)").matches) showTerm(place);
    if (type === "click") clearTimeout(terms.timer);
  },
};

function canonical() {
  return document.querySelector('link[rel="canonical"]')?.href ?? location.href;
}

if (navigator.share) for (const button of document.querySelectorAll('[data-do="share"]')) button.hidden = false;

/** @param {HTMLElement} place @param {string} type an event's type */
export function act(place, type) {
  return actions[place.dataset.do]?.(place, type);
}
