// Owns the page of one's own contributions: see, copy, take back, erase, carry along.
import { ask, chance, keep, kept, make, post, put, root, settle, solve, Widget } from "./device.js";

// 16 bits of the key are five letters (proquints, arXiv:0901.4016); the ninth word checks.
const C = "bdfghjklmnprstvz", V = "aiou";
const word = (n) => [12, 10, 6, 4, 0].map((shift, at) => at % 2 ? V[n >> shift & 3] : C[n >> shift & 15]).join("");
const number = (word) => [...word].reduce((n, letter, at) => at % 2 ? n * 4 + V.indexOf(letter) : n * 16 + C.indexOf(letter), 0);

export function phraseOf(key) {
  const numbers = key.match(/.{4}/g).map((part) => parseInt(part, 16));
  return [...numbers, numbers.reduce((sum, n) => (sum * 31 + n + 7) & 65535, 1)].map(word).join(" ");
}

/** Empty where a letter is wrong. */
export function keyOf(phrase) {
  const words = phrase.toLowerCase().match(/[a-z]+/g) ?? [];
  const key = words.slice(0, 8).map((one) => (number(one) & 65535).toString(16).padStart(4, "0")).join("");
  return key.length === 32 && phraseOf(key) === words.join(" ") ? key : "";
}

const forget = (all) => { for (const part in all) delete all[part]; };

export class you extends Widget {
  begin() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.restore(event.target.elements.phrase.value);
    });
    this.whenChanged(() => this.load());
    addEventListener("gw-posted", () => this.load());
    this.load();
  }

  piece(name) {
    return this.querySelector(`.you-${name}`);
  }

  async load() {
    const { key } = kept();
    for (const [name, on] of [["plain", false], ["none", !key], ["own", key], ["restore", true]]) this.piece(name).hidden = !on;
    if (!key) return;
    this.piece("phrase").textContent = phraseOf(key);
    const asked = this.asked = {};
    const told = [[500, "loading"], [8000, "slow"]].map(([after, word]) => setTimeout(() => this.tell(asked, word), after));
    const { answer: me, refusal } = await settle(ask("/me", { method: "POST", body: { action: "show", lang: root.lang } }));
    told.forEach(clearTimeout);
    if (asked !== this.asked) return;
    this.tell(asked, "", refusal);
    if (refusal) this.sayWhy(refusal);
    const shown = JSON.stringify([me, kept().places]);
    // The same again is not drawn again: a press that began on a button, and half a text, would be lost.
    if (!me || shown === this.shown) return;
    this.me = me;
    this.offer("copy", true);
    this.shown = shown;
    const { votes, reactions, comments, responses = [], news = [], pseudonyms, about: { polls, threads, surveys = {} } } = this.me;
    const places = kept().places ?? {};
    const at = (part, id, hash) => part[id] && [part[id].title, part[id].page + hash];
    const poll = (id) => places[`poll ${id}`] ?? at(polls, id, "") ?? [id];
    const thread = (id) => places[id] ?? at(threads, id, "#comments") ?? [id];
    const slot = ({ thread, comment, reaction }) => ["reacted", `${thread} ${comment ?? ""} ${reaction}`];
    for (const { poll, version: v, choices: c } of votes) put("polls", poll, { v, c });
    for (const one of reactions) put(...slot(one), true);
    for (const one of comments) put("mine", one.id, one);
    keep((all) => { all.name ??= Object.values(pseudonyms)[0]; });
    this.list("votes", votes, ({ poll: id, choices }) => [poll(id), choices.map((key) => poll(id)[2]?.[key] ?? polls[id]?.options[key] ?? key).join(", ")],
      ({ poll, version }) => post(`/polls/${poll}/votes`, { version, choices: [] }, ["polls", poll]));
    this.list("reactions", reactions, ({ thread: id, reaction }) => [thread(id), this.word(reaction)], (one) =>
      post(`/threads/${one.thread}/reactions`, { reaction: one.reaction, comment: one.comment, on: false }, slot(one)));
    this.list("comments", comments, ({ thread: id, html, state, reason }) => [thread(id), reason?.text ?? this.word(state), html], async ({ id }) => {
      if (await this.hear(ask(`/comments/${id}`, { method: "DELETE" }))) put("mine", id), this.load();
    });
    this.answered(this.piece("comments"), this.me.answers);
    this.list("news", news.filter(({ by }) => by), ({ by, thread: id, at }) => [threads[id] ? [threads[id].title, `${threads[id].page}#c-${by}`] : [id],
      new Date(at * 1000).toLocaleDateString(root.lang.replace(/^en$/, "en-GB"), { dateStyle: "long" })]);
    const latest = news[0]?.at ?? 0; // what is shown here is news no more
    keep((all) => { if (all.news) all.news.since = Math.max(all.news.since ?? 0, latest + 1), delete all.news.dot; });
    this.list("responses", responses, ({ survey: id, day }) => [at(surveys, id, "") ?? [id], day], async ({ survey }) => {
      if (await this.hear(ask(`/surveys/${survey}/responses`, { method: "DELETE" }))) put("answered", survey), this.load();
    });
  }

  /** How an answer keeps one waiting; once it takes long, it can be asked for again. */
  tell(asked, word, again = word === "slow") {
    if (asked !== this.asked) return;
    this.piece("waits").textContent = word && this.word(word);
    this.offer("again", again);
  }

  again() {
    this.say("");
    this.tell(this.asked, "loading");
    this.load();
  }

  /** One text that asks for another look, in the function's words; it comes with a proof of work. */
  appeal({ id, reason: { appeal: { label, button } } }) {
    const text = make("textarea", { rows: 4, maxLength: 1000, required: true });
    const form = make("form", {}, make("p", { className: "field" }, make("label", {}, label, text)), make("button", { className: "button quiet" }, button));
    const once = chance();
    form.onsubmit = async (event) => {
      event.preventDefault();
      event.stopPropagation();
      form.lastChild.disabled = true;
      const { answer: challenge } = await settle(ask("/challenge", { fresh: true }));
      const [altcha] = await Promise.all([challenge && solve(challenge), new Promise((over) => setTimeout(over, challenge?.wait * 1000 || 0))]);
      const answer = await this.hear(ask("/appeals", { method: "POST", once, body: { comment: id, text: text.value, altcha } }));
      form.lastChild.disabled = false;
      if (!answer) return;
      form.replaceWith(make("div", { innerHTML: answer.html }, answer.said)); // cleaned by the function
      this.say(answer.said);
    };
    return form;
  }

  list(name, all, describe, undo) {
    const section = this.piece(name);
    section.hidden = !all[0];
    section.lastElementChild.replaceChildren(...all.map((one) => {
      const item = this.querySelector(".words").content.querySelector("li").cloneNode(true);
      const [[title, href], said, html = ""] = describe(one);
      item.firstElementChild.append(href ? make("a", { href }, title) : title);
      item.children[1].innerHTML = html; // cleaned by the function
      item.children[2].textContent = said;
      if (one.reason) item.append(make("div", { innerHTML: one.reason.help })); // the function's own HTML
      if (one.reason?.appeal) item.append(this.appeal(one));
      undo ? item.querySelector("button").onclick = () => undo(one) : item.querySelector("button").remove();
      return item;
    }));
  }

  copy() {
    const href = URL.createObjectURL(new Blob([JSON.stringify(this.me, null, 1)], { type: "application/json" }));
    make("a", { href, download: "contributions.json" }).click();
  }

  async erase(button) {
    if (!this.sure(button) || !await this.hear(ask("/me", { method: "DELETE" }))) return;
    keep(forget);
    this.load();
    this.say(this.word("erased"));
  }

  restore(phrase) {
    const key = keyOf(phrase);
    if (key) keep((all) => { forget(all); all.key = key; }), this.load();
    this.say(this.word(key ? "restored" : "phrase-wrong"));
  }
}
