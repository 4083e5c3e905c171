// Owns what this device keeps, what it asks and posts, and what all elements share.
export const root = document.documentElement;
const ENTRY = "gatherwell";
let memory = {};

/** @returns {import("./types").Kept} */
export function kept() {
  let all;
  try {
    all = JSON.parse(localStorage.getItem(ENTRY));
  } catch {
    all = memory;
  }
  return all?.constructor === Object ? all : {};
}

export function keep(change) {
  const all = kept();
  change(all);
  for (const part in all) if (!Object.keys(all[part] ?? "").length) delete all[part];
  memory = all;
  try {
    Object.keys(all)[0] ? localStorage.setItem(ENTRY, JSON.stringify(all)) : localStorage.removeItem(ENTRY);
  } catch { /* memory has it */ }
}

export function put(part, id, value) {
  keep((all) => { all[part] = JSON.parse(JSON.stringify({ ...all[part], [id]: value })); });
}

export const chance = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The first time makes the device key. */
export function contribute(id, hash, place = document.querySelector("h1"), words) {
  keep((all) => { all.key ??= chance(); });
  put("places", id, [place.textContent.trim(), location.pathname + hash, words]);
}

/** @throws {import("./types").Refusal} */
export async function ask(path, { method = "GET", body, once, fresh, news } = {}) {
  const headers = {};
  if (method !== "GET") headers["Gatherwell-Key"] = kept().key;
  if (body) headers["Content-Type"] = "application/json";
  if (once) headers["Idempotency-Key"] = once;
  if (news) headers["Gatherwell-News"] = news;
  const answer = await fetch(root.dataset.endpoint + path, {
    method, headers, body: JSON.stringify(body), credentials: "omit", referrerPolicy: "no-referrer",
    cache: fresh ? "no-cache" : "default", signal: AbortSignal.timeout(20_000),
  }).catch(() => { throw { code: "unreachable" }; });
  // Without JSON it came from something in between: a hotel's door page, a host that has a page for every address.
  const value = await answer.json().catch(() => (answer.ok ? { code: "unreachable" } : {}));
  if (!answer.ok || value.code === "unreachable") throw { ...value, wait: value.retry_after };
  return value;
}

/** A vote or reaction: stands at once in its slot (part, id), waits out an outage, is undone when refused. */
export function post(path, body, slot, value) {
  const was = kept()[slot[0]]?.[slot[1]];
  keep((all) => { (all.outbox ??= []).push({ path, body, slot, was, once: chance() }); });
  put(...slot, value);
  flush();
}

/** One's own reaction to a page, or to a comment of it. */
export const reacted = (...place) => !!kept().reacted?.[place.join(" ")];

/** One tap, on or off; how much it adds to the count. */
export function react(hash, thread, comment, reaction) {
  const place = [thread, comment, reaction], on = !reacted(...place);
  contribute(thread, hash);
  post(`/threads/${thread}/reactions`, { reaction, comment: comment || null, on }, ["reacted", place.join(" ")], on || undefined);
  return on ? 1 : -1;
}

/** Ticked beside a form: this device is told when somebody answers. */
export const follow = (form, thing) => {
  const tick = form.querySelector(".follow:checked");
  if (tick) tick.checked = false, import("./news.js").then(({ watch }) => watch(thing, tick.dataset.mark));
};

export const settle = (asked) => asked.then((answer) => ({ answer }), (refusal) => ({ refusal }));

/** The solution of a challenge, for `altcha`; nothing where it cannot be found. */
export const solve = (challenge) => new Promise((solved) => {
  const worker = new Worker(new URL("worker.js", import.meta.url));
  worker.onerror = () => solved();
  worker.onmessage = ({ data: solution }) => {
    worker.terminate();
    solved(solution ? btoa(JSON.stringify({ challenge, solution })) : undefined);
  };
  worker.postMessage(challenge);
});

let flushing = false;
async function flush() {
  if (flushing) return;
  flushing = true;
  for (let one; (one = kept().outbox?.[0]);) {
    const send = (altcha) => settle(ask(one.path, { method: "POST", once: one.once, body: { ...one.body, altcha } }));
    // A first vote, which shows already, comes with a solved challenge.
    const first = one.slot[0] === "polls" && !one.was && one.body.choices[0];
    const price = first ? (await settle(ask("/challenge?for=vote"))).answer : undefined;
    let detail = await send(price && await solve(price));
    const { challenge } = detail.refusal ?? {};
    if (challenge) detail = await send(await solve(challenge));
    const silent = detail.refusal?.code === "unreachable";
    if (!silent) keep((all) => { all.outbox = all.outbox?.filter(({ once }) => once !== one.once); });
    const later = kept().outbox?.some(({ slot }) => slot.join() === one.slot.join());
    if (detail.refusal && !later && kept().key) put(...one.slot, one.was);
    dispatchEvent(new CustomEvent("gw-posted", { detail: { ...one, ...detail } }));
    if (silent) break;
  }
  flushing = false;
}
addEventListener("online", flush);
flush();

export const number = (n) => n < 1000 ? `${n}` : n.toLocaleString(root.lang);
const FORMS = ["zero", "one", "two", "few", "many", "other"];
/** Of `zero|one|two|few|many|other` what a language says for n; empty forms fall back to the last. */
export const pluralOf = (said, n, language) => {
  const forms = said.split("|");
  return (n < 3 && forms[n]) || forms[FORMS.indexOf(new Intl.PluralRules(language).select(n))] || forms[5];
};
export const make = (tag, fields, ...inside) => {
  const element = Object.assign(document.createElement(tag), fields);
  element.append(...inside);
  return element;
};

/** Those of the reader's own countries first, as the device tells them, then those for everywhere; else as they came. */
function nearest(lines, languages) {
  const regions = languages.map((tag) => tag.match(/-([A-Z]{2})\b/)?.[1]).filter(Boolean);
  if (!regions[0]) regions.push(new Intl.Locale(languages[0]).maximize().region);
  const rank = ({ region }) => region ? (regions.indexOf(region) + 1 || 99) : 50;
  return [...lines].sort((one, other) => rank(one) - rank(other));
}

export class Widget extends HTMLElement {
  start() {
    if (this.started) return;
    this.started = true;
    this.addEventListener("click", ({ target }) => {
      const button = target.closest("button[data-act]");
      if (button) this[button.dataset.act](button);
    });
    this.begin();
  }

  get unseen() {
    return this.getBoundingClientRect().top > innerHeight;
  }

  word(key, values = {}) {
    const name = `data-${key}`, word = this.getAttribute(name) ?? this.querySelector(".words").getAttribute(name) ?? "";
    return word.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }

  plural(key, n) {
    return pluralOf(this.word(key), n, root.dataset.words).replace("{n}", number(n));
  }

  offer(act, on, place = this) {
    place.querySelector(`[data-act=${act}]`).hidden = !on;
  }

  say(text) {
    const line = this.querySelector(".say");
    if (line.textContent !== text) line.textContent = text; // the same again would be read out again
  }

  /** In the page's words where it has some for the code, else in the function's. */
  sayWhy({ code, wait = 1, said, length = "…", limit = "…" }) {
    const time = new Intl.RelativeTimeFormat(root.lang).format(Math.ceil(wait / 60), "minute");
    const counts = { length: length.toLocaleString(root.lang), limit: limit.toLocaleString(root.lang) };
    this.say(this.word(code, { time, ...counts }) || said || this.word("failed"));
  }

  hear(asked) {
    return asked.catch((refusal) => this.sayWhy(refusal));
  }

  /** Whether it was pressed again after it asked; beside it stands a way to leave things as they are. */
  sure(button) {
    const { nextElementSibling: beside, textContent } = button;
    if (beside?.matches(".keep")) return true;
    const keep = make("button", { type: "button", className: `${button.className} keep` }, this.word("keep"));
    keep.onclick = () => {
      keep.remove();
      button.textContent = textContent;
      button.focus();
    };
    button.textContent = this.word("sure");
    button.after(keep);
    return false;
  }

  focusOn(place, block) {
    if (place) place.tabIndex = -1, place.focus();
    if (block) place.scrollIntoView({ block });
  }

  /** Whether words that are not sent yet, or cannot be, ask for help. `missing` says why they cannot. */
  async look(about, texts, missing) {
    const { answer } = await settle(ask("/help", { method: "POST", body: { about, texts, missing, lang: root.lang } }));
    if (answer?.help && (missing || this.sending)) this.help(answer);
  }

  /** Before something is sent: help that was given stands there no longer. */
  noHelp() {
    this.querySelector(".help-given").hidden = true;
  }

  /** The words come with the lines, so that they are those of the page that answers a form. What stands there already stays. */
  help({ help: lines = [], help_words: words }) {
    if (!lines[0]) return;
    const place = this.querySelector(".help-given"), same = JSON.stringify(lines), stays = !place.hidden && place.lines === same;
    place.hidden = false;
    place.lines = same;
    const [title, intro, near, more, after] = place.children;
    title.textContent = words.title;
    intro.textContent = words.intro;
    const { screen, leave, away } = words; // somebody else may see it: themes/commons/assets/js/scheme.js replaces the page
    const way = screen && make("a", { href: away, rel: "noreferrer" }, leave);
    if (way) way.dataset.leave = "", intro.append(make("br"), `${screen} `, way);
    after.textContent = words.after;
    if (stays) return;
    const link = (href, words, className) => words ? make("a", { href, className }, words) : "";
    const dialled = (number) => number?.replace(/[^\d+]/g, "");
    const items = nearest(lines, [...navigator.languages, root.lang]).map(({ name, phone, text, url, hours }) =>
      make("li", {}, make("span", { className: "crisis-name" }, name), link(`tel:${dialled(phone)}`, phone, "crisis-number"),
        link(`sms:${dialled(text)}`, text && this.word("text", { number: text }), "crisis-number"), link(url, url),
        make("span", { className: "small" }, hours ?? "")));
    near.replaceChildren(...items.slice(0, 4));
    more.lastElementChild.replaceChildren(...items.slice(4));
    more.hidden = !items[4];
    this.focusOn(place, "start"); // on a phone it is taller than the screen, and its first words say most
  }

  /** What staff answered to one's own posts: shown, kept nowhere, gone with the page. Its HTML was cleaned by the function. */
  answered(place, answers) {
    this.told?.remove();
    this.told = make("div", { className: "answers" }, ...answers.map(({ comment, html, button }) => {
      const told = make("div", { innerHTML: html });
      if (button) told.append(make("button", { type: "button", className: "button quiet", value: comment }, button));
      if (button) told.lastChild.dataset.act = "read";
      return told;
    }));
    place.after(this.told);
    addEventListener("pagehide", () => this.told.replaceChildren());
  }

  async read(button) {
    const answer = await this.hear(ask(`/answers/${button.value}/read`, { method: "POST", body: {} }));
    if (!answer) return;
    const can = button.parentElement.querySelector("div > p:last-child"); // what can be said back, which is said now
    can.textContent = answer.said;
    this.say(answer.said);
    this.focusOn(can);
    button.remove();
  }

  whenPosted(part, id, act) {
    addEventListener("gw-posted", ({ detail }) => {
      if (`${detail.slot.join(" ")} `.startsWith(`${part} ${id} `)) act(detail);
    });
  }

  whenChanged(act) {
    addEventListener("storage", ({ key }) => { if (!key || key === ENTRY) act(); });
    addEventListener("pageshow", ({ persisted }) => { if (persisted) act(); });
  }
}
