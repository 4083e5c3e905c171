// Owns how this device learns that somebody answered. Loaded only where that was asked for, and by the tick that asks.
import { ask, chance, keep, kept, make, root, settle } from "./device.js";

export const change = (fields) => keep((all) => { if (all.news) Object.assign(all.news, fields); });

/** A number for this alone; the function is told which of one's own posts it is for, sooner or later. `said` names the mark. */
export function watch(thing, said) {
  keep((all) => {
    const news = all.news ??= { token: chance() };
    news.mark = [said, root.lang, document.querySelector("a[href$='/you/']")?.pathname];
    (news.sends ??= []).push(thing);
  });
  return send();
}

async function send() {
  for (let one; (one = kept().news?.sends?.[0]);) {
    const { refusal } = await settle(ask("/news", { method: "POST", body: one, news: kept().news.token }));
    if (/unreachable|busy|rate-limited/.test(refusal?.code)) return; // the next page tries again
    change({ sends: kept().news?.sends.slice(1) });
  }
}

/** A dot that says no word, and not how much. */
function mark([ariaLabel, lang, href]) {
  const dot = make("a", { className: "tool news-mark", href, lang, ariaLabel }, make("span"));
  Object.assign(dot.firstChild.style, { border: ".3em solid", borderRadius: "50%" }); // a border stays in forced colours
  const tools = document.querySelector(".tools");
  if (tools) { // it comes late: beside them it moves nothing, and a phone's header stays one line
    tools.style.position = "relative";
    Object.assign(dot.style, { position: "absolute", insetInlineEnd: "100%", minInlineSize: "1.5rem", paddingInline: 0 });
  }
  (tools ?? document.querySelector("header")).prepend(dot);
}

async function look() {
  const { news } = kept(), today = new Date().toISOString().slice(0, 10);
  if (news.day !== today) {
    change({ day: today }); // before asking: another tab would ask too
    const { answer } = await settle(ask("/news", { news: `${news.token} ${news.since ?? 0}` }));
    if (answer?.news) change({ dot: true });
  }
  if (kept().news?.dot) mark(news.mark);
}

// One's own page shows what there is, and asks in another way.
if (kept().news) send(), document.querySelector("gw-you") || look();
