// Owns when an element's module is fetched: when one of its kind comes near, or gets focus.
const MODULES = { poll: "counted", reactions: "counted", counts: "counted", comments: "comments", you: "you" };
const KINDS = Object.keys(MODULES).map((name) => `gw-${name}`).join();

async function wake(place) {
  const tag = place.localName, name = tag.slice(3);
  const module = await import(`./${MODULES[name]}.js`);
  customElements.get(tag) ?? customElements.define(tag, module[name]);
  place.start();
}

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
