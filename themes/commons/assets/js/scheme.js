// Before the first paint: what the reader chose earlier. Later: fetch a script when something asks for it.
((d) => {
  const root = d.documentElement, {tools, loader} = d.currentScript.dataset;
  root.dataset.js = "";
  try { Object.assign(root.dataset, JSON.parse(localStorage.getItem("gw-comfort"))); } catch {}
  for (const type of ["pointerover", "focusin", "click"])
    d.addEventListener(type, (event) => {
      const place = event.target.closest?.("[data-do]");
      if (place && tools) import(tools).then((module) => module.act(place, type));
    });
  addEventListener("DOMContentLoaded", () => {
    if (!loader) return;
    const near = new IntersectionObserver((seen) => {
      if (seen.some((one) => one.isIntersecting)) near.disconnect(), import(loader);
    }, {rootMargin: "600px"});
    d.querySelectorAll("gw-poll,gw-reactions,gw-comments,gw-counts,gw-you").forEach((one) => near.observe(one));
  });
})(document);
