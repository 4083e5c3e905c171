// Owns when an element's module is fetched: when one of its kind comes near, or gets focus.
const KINDS = "gw-poll,gw-reactions,gw-counts,gw-comments,gw-you,gw-survey";

const { endpoint, words } = document.documentElement.dataset;
let said;

/** Words stand in one file per language beside this module, so that no page carries them. */
async function dress(place) {
  if (place.querySelector(".words")) return; // the page has them
  said ??= fetch(new URL(`words.${words}.txt`, import.meta.url)).then((answer) => answer.text())
    .then((text) => new DOMParser().parseFromString(text, "text/html"));
  const all = await said;
  if (!place.querySelector(".words")) place.append(all.querySelector(`[data-for=${place.localName}]`).cloneNode(true));
}

async function wake(place) {
  const tag = place.localName, name = tag.slice(3);
  const file = /comm|you|surv/.test(name) ? name : "counted";
  const [module] = await Promise.all([import(`./${file}.js`), dress(place)]);
  customElements.get(tag) ?? customElements.define(tag, module[name]);
  place.start();
}

if (endpoint) {
  const near = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (isIntersecting) near.unobserve(target), wake(target);
    }
  }, { rootMargin: "600px" });
  for (const place of document.querySelectorAll(KINDS)) near.observe(place);
  // A link to a comment wakes the thread, in which it may not stand yet.
  const find = () => location.hash.startsWith("#c-") && document.querySelectorAll("gw-comments").forEach(wake);
  addEventListener("hashchange", find);
  find();
  addEventListener("focusin", ({ target }) => {
    const place = target.closest(KINDS);
    if (place) wake(place);
  });
  try {
    for (const part of ["answered", "news"]) if (localStorage.gatherwell?.includes(`"${part}":`)) import(`./${part}.js`);
  } catch { /* nothing is kept here */ }
}
