// Keys for the queue and the item's page, filling in a span, and an undo that shows how long it lasts.
// Everything here can be done without it.

const KEPT = "gw-desk-keys";
const toggle = document.querySelector("[data-keys]");
const allowed = () => localStorage.getItem(KEPT) !== "off";
const cards = () => [...document.querySelectorAll(".queue .card")];

if (toggle) {
  toggle.closest(".keys").hidden = false;
  toggle.checked = allowed();
  toggle.addEventListener("change", () => localStorage.setItem(KEPT, toggle.checked ? "on" : "off"));
}

/** The card that has the focus, or holds what has it. */
const current = () => document.activeElement?.closest(".queue .card");

function move(step) {
  const all = cards();
  if (!all.length) return;
  const at = all.indexOf(current());
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step));
  all[next].focus();
  all[next].scrollIntoView({ block: "nearest" });
}

/** Presses what bears the key: in the chosen card of a queue, else on the page. */
function press(key) {
  const place = cards().length ? current() : document;
  const target = place?.querySelector(`[data-key="${key}"]`);
  if (!target) return false;
  if (target.matches("input")) target.focus();
  else target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !allowed()) return;
  let did = true;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "x" && current()) current().querySelector("input[type=checkbox]")?.click();
  else if (event.key === "u") document.querySelector("[data-undo] button")?.click();
  else did = event.key.length === 1 && press(event.key);
  if (did) event.preventDefault();
});

// After an action the queue's address names the entry that is next. Where a colleague has taken that one away, the page has the focus.
if (location.hash.startsWith("#i-") && !document.getElementById(location.hash.slice(1))) document.getElementById("main").focus();

// A link to a part that is folded opens it. The browser itself goes there as the page ends loading, and would take the focus.
const aimed = location.hash && document.getElementById(location.hash.slice(1));
if (aimed instanceof HTMLDetailsElement) {
  aimed.open = true;
  addEventListener("load", () => setTimeout(() => aimed.querySelector("input[type=radio]")?.focus()));
}

// What is marked in the text becomes its first and last character, counted as the server counts them.
for (const area of document.querySelectorAll("[data-span]")) {
  const fill = () => {
    const count = (end) => [...area.value.slice(0, end)].length;
    if (area.selectionStart === area.selectionEnd) return;
    area.form.elements.start.value = count(area.selectionStart) + 1;
    area.form.elements.end.value = count(area.selectionEnd);
  };
  for (const name of ["select", "mouseup", "keyup"]) area.addEventListener(name, fill);
}

for (const form of document.querySelectorAll("[data-undo]")) {
  setTimeout(() => { form.hidden = true; }, Number(form.dataset.undo) * 1000);
}
