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
  // At once, and in the place of this page: what may be seen is gone before the other page has come.
  d.addEventListener("click", (event) => {
    const way = event.target.closest?.("[data-leave]");
    if (way) event.preventDefault(), root.replaceChildren(), location.replace(way.href);
  });
  addEventListener("DOMContentLoaded", () => {
    // Crisis lines of the reader's own countries come first, as elements/comments.js has them.
    const regions = [...navigator.languages, root.lang].map((tag) => tag.match(/-([A-Z]{2})\b/)?.[1]).filter(Boolean);
    if (!regions[0]) regions.push(new Intl.Locale(navigator.language).maximize().region);
    const rank = ({dataset: {region}}) => region ? regions.indexOf(region) + 1 || 99 : 50;
    for (const more of d.querySelectorAll(".crisis > details")) {
      const lists = [more.previousElementSibling, more.lastElementChild];
      const lines = lists.flatMap((list) => [...list.children]).sort((a, b) => rank(a) - rank(b));
      lists.forEach((list, at) => list.replaceChildren(...lines.slice(at * 4, at ? undefined : 4)));
      more.hidden = !lines[4];
    }
    if (!loader) return;
    const near = new IntersectionObserver((seen) => {
      if (seen.some((one) => one.isIntersecting)) near.disconnect(), import(loader);
    }, {rootMargin: "600px"});
    const find = () => location.hash.startsWith("#c-") && import(loader); // a link to a comment
    addEventListener("hashchange", find);
    find();
    // It says so where surveys are offered, and marks news.
    try { if (/"(answered|news)":/.test(localStorage.gatherwell)) import(loader); } catch {}
    d.querySelectorAll("gw-poll,gw-reactions,gw-comments,gw-counts,gw-you,gw-survey").forEach((one) => near.observe(one));
  });
})(document);
