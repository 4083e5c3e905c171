// Owns when an element's module is fetched: when one of its kind comes near, or gets focus.
const MODULES = { poll: "counted", reactions: "counted", counts: "counted", comments: "comments", you: "you" };
const KINDS = Object.keys(MODULES).map((name) => `gw-${name}`).join();

// What the elements say stands in one file per language beside this module, so that no page carries it.
let said;
async function dress(place) {
  const url = new URL(`words.${document.documentElement.dataset.words}.html`, import.meta.url);
  said ??= fetch(url).then((answer) => answer.text()).then((text) => new DOMParser().parseFromString(text, "text/html"));
  const words = (await said).querySelector(`[data-for=${place.localName}]`);
  if (words && !place.querySelector(".words")) place.append(document.importNode(words, true));
}

/** @param {any} place an element of one of the kinds, defined or not */
async function wake(place) {
  const tag = place.localName, name = tag.slice(3);
  const [module] = await Promise.all([import(`./${MODULES[name]}.js`), dress(place)]);
  customElements.get(tag) ?? customElements.define(tag, module[name]);
  place.start();
}

// Without a function, pages are complete as they are.
if (document.documentElement.dataset.endpoint) {
  const near = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (isIntersecting) near.unobserve(target), wake(target);
    }
  }, { rootMargin: "600px" });
  for (const place of document.querySelectorAll(KINDS)) near.observe(place);
  addEventListener("focusin", ({ target }) => {
    const place = target.closest(KINDS);
    if (place) wake(place);
  });
}
