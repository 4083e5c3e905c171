// Owns a thread in the page: read it fresh, write, answer, change, withdraw, flag.
import { ask, chance, contribute, keep, kept, make, put, Widget } from "./device.js";

/** Roots with their replies, in order; `mine`, which the answer lacks, stand where they will. */
export function arrange(comments, mine) {
  const groups = new Map();
  for (const comment of [...comments, ...mine.filter(({ id }) => !comments.some((one) => one.id === id))]) {
    if (comment.id === comment.root) groups.set(comment.id, { comment, replies: [] });
    else groups.get(comment.root)?.replies.push(comment);
  }
  return [...groups.values()];
}

const INLINE = /(\*\*|__)(?=\S)(.+?)\1|([*_])(?=\S)(.+?)\3|`([^`]+)`|\[([^\]]+)\]\((https?:[^\s)]+)\)/s;

function inline(text) {
  const found = INLINE.exec(text);
  if (!found) return [text];
  const [all, , bold, , italic, code, label, href] = found;
  const node = [bold ? "strong" : italic ? "em" : code ? "code" : "a", code ? [code] : inline(bold ?? italic ?? label), href];
  return [...inline(text.slice(0, found.index)), node, ...inline(text.slice(found.index + all.length))];
}

/** Markdown's subset, near enough for a preview: texts and `[tag, children, href]`. */
export function markdown(text) {
  return text.trim().split(/\n\s*\n/).map((block) => {
    const lines = block.split("\n");
    const items = (mark) => lines.every((line) => mark.test(line)) && lines.map((line) => ["li", inline(line.replace(mark, ""))]);
    const bullets = items(/^[-*+] /), numbers = items(/^\d+[.)] /), quoted = items(/^> ?/);
    return bullets ? ["ul", bullets] : numbers ? ["ol", numbers]
      : quoted ? ["blockquote", markdown(block.replace(/^> ?/gm, ""))] : ["p", inline(block)];
  });
}

const nodes = (tree) => tree.map((node) => typeof node === "string" ? node
  : make(node[0], node[2] ? { href: node[2] } : {}, ...nodes(node[1])));

export class comments extends Widget {
  begin() {
    this.thread = this.dataset.thread;
    this.list = this.querySelector(".comment-list");
    this.form = this.querySelector(".comment-form");
    this.queries = [""]; // one for each page of the thread that is shown
    this.answers = [];
    this.gone = [];
    this.mode = {};
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      event.target === this.form ? this.send() : this.flag(event.target);
    });
    if (this.form) this.prepare();
    const look = () => { if (!document.hidden) this.load(); };
    this.whenChanged(look);
    document.addEventListener("visibilitychange", look);
    setInterval(() => this.unseen || look(), 60_000);
    this.find(/^#c-(\w{26})$/.exec(location.hash)?.[1]);
  }

  /** Own comments of this thread. */
  get mine() {
    return Object.values(kept().mine ?? {}).filter(({ thread }) => thread === this.thread);
  }

  article(id) {
    return this.list.querySelector(`#c-${id}`);
  }

  /** Begin with the page that holds the comment of the address. */
  async find(id) {
    const far = id && !this.article(id);
    if (far) this.queries = [`?comment=${id}`];
    await this.load(far);
    if (far && this.answers[0]) location.replace(location.hash);
    else if (far) this.queries = [""], await this.load();
    this.askMine();
  }

  async load(all) {
    const fresh = !!(this.mine[0] ?? this.answers[0]);
    const asked = Promise.all(this.queries.map((query) => ask(`/threads/${this.thread}${query}`, { fresh })));
    const answers = await (all ? this.hear(asked) : asked.catch(() => {}));
    if (answers) this.answers = answers, this.draw(all);
    return answers;
  }

  /** What became of own comments that the thread does not show yet. */
  async askMine() {
    if (!this.answers[0] || this.mine.every(({ id }) => this.answers.some(({ comments }) => comments.some((one) => one.id === id)))) return;
    const me = await ask("/me", { method: "POST", body: { action: "show", polls: [], threads: [this.thread] } }).catch(() => {});
    if (me) for (const { id } of this.mine) put("mine", id, me.comments.find((one) => one.id === id));
    this.draw();
  }

  /** Show what is known; what is new to a reader waits for a press where it would move what they read. */
  draw(all) {
    if (!this.answers[0]) return;
    const mine = this.mine;
    const newest = (one) => mine.find(({ id, edited }) => id === one.id && edited > (one.edited ?? "")) ?? one;
    const live = this.answers.flatMap(({ comments }) => comments).filter(({ id }) => !this.gone.includes(id)).map(newest);
    const hold = !all && !this.unseen;
    const shown = (one) => !hold || this.article(one.id) || mine.some(({ id }) => id === one.id);
    const waiting = live.filter((one) => !shown(one)).length;
    const groups = arrange(live, mine).filter(({ comment }) => shown(comment));
    this.sync(this.list, groups.map(({ comment }) => comment));
    for (const { comment, replies } of groups) {
      const item = this.article(comment.id).parentElement;
      const list = item.querySelector("ol.replies") ?? make("ol", { className: "replies", role: "list" });
      this.sync(list, replies.filter(shown));
      if (list.firstChild) item.append(list);
    }
    const { count, previous, comments_are: are } = this.answers[0];
    const show = (act, on) => { this.querySelector(`.comments-turn [data-act=${act}]`).hidden = !on; };
    show("fresh", waiting);
    show("previous", previous);
    show("next", this.answers.at(-1).next);
    if (waiting) this.say(this.plural("new", waiting));
    if (count) this.querySelector("h2").textContent = this.plural("count", count);
    if (this.form && are !== "open") this.say(this.word("comments-closed"));
  }

  sync(list, comments) {
    const items = comments.map((comment) => this.item(comment));
    for (const item of [...list.children]) {
      if (items.includes(item)) continue;
      if (item.contains(this.form)) this.aim({});
      if (!this.unseen) item.style.minBlockSize = `${item.offsetHeight}px`; // its words go, its place stays
      this.unseen ? item.remove() : item.replaceChildren();
    }
    items.forEach((item, at) => { if (list.children[at] !== item) list.insertBefore(item, list.children[at]); });
  }

  item(comment) {
    const old = this.article(comment.id);
    const built = this.build(comment);
    if (!old) return make("li", {}, built);
    const item = old.parentElement;
    const text = (article) => article.querySelector(".comment-text").innerHTML.trim();
    if (old.mark ? old.mark !== built.mark : text(old) !== text(built) || kept().mine?.[comment.id]) old.replaceWith(built);
    return item;
  }

  build(comment) {
    const { id, state, pseudonym, role, html, note, created, edited } = comment;
    const own = kept().mine?.[id], gone = state === "withdrawn";
    const changes = own?.editable_until > new Date().toISOString();
    const article = this.querySelector(".words").content.querySelector("article").cloneNode(true);
    const part = (name) => article.querySelector(`.comment-${name}`);
    const show = (act, on) => { article.querySelector(`[data-act=${act}]`).hidden = gone || !on; };
    article.mark = JSON.stringify([comment, !!own, changes]);
    article.id = `c-${id}`;
    article.ariaLabel = part("name").textContent = pseudonym || this.word("withdrawn");
    if (role) part("name").after(" ", make("span", { className: `role role-${role.key}`, textContent: this.word(`role-${role.key}`) }));
    part("date").href = `#c-${id}`;
    const locale = document.documentElement.lang.replace(/^en$/, "en-GB"); // the day first, as in the page
    part("date").replaceChildren(make("time", { dateTime: created }, new Date(created).toLocaleDateString(locale, { dateStyle: "long" })));
    part("edited").hidden = !edited;
    part("text").innerHTML = html; // cleaned by the function
    part("note").hidden = !note;
    part("note").lastElementChild.innerHTML = note?.html ?? "";
    part("state").textContent = own && !gone ? this.word(state) : "";
    show("reply", this.form && /published|noted/.test(state));
    show("edit", changes);
    show("withdraw", own);
    part("flag").hidden = own || gone;
    article.querySelector("form").action = `${document.documentElement.dataset.endpoint}/comments/${id}/flags`;
    return article;
  }

  async fresh() {
    const known = [...this.list.querySelectorAll("article")];
    this.draw(true);
    this.say("");
    this.focusOn([...this.list.querySelectorAll("article")].find((article) => !known.includes(article)));
  }

  async turn(query, add) {
    const before = this.queries;
    this.queries = add(`?cursor=${query}`, before);
    if (!await this.load(true)) this.queries = before;
  }

  next() {
    this.turn(this.answers.at(-1).next, (query, before) => [...before, query]);
  }

  previous() {
    this.turn(this.answers[0].previous, (query, before) => [query, ...before]);
  }

  focusOn(place) {
    if (place) place.tabIndex = -1, place.focus();
  }

  prepare() {
    const { text, pseudonym } = this.form.elements;
    const { drafts, name = "" } = kept();
    const draft = drafts?.[this.thread];
    this.heading = this.form.querySelector("h3").textContent;
    if (draft && !text.value) text.value = draft.text, this.once = draft.once;
    pseudonym.value ||= draft?.name ?? name;
    this.form.addEventListener("input", () => {
      this.once = "";
      this.prove();
      this.draft();
      this.preview();
    });
    this.form.querySelector("details").addEventListener("toggle", () => this.preview());
    addEventListener("pagehide", () => {
      this.worker?.terminate();
      this.proof = this.sending = null;
    });
    if (draft?.mode.id && this.article(draft.mode.id)) this.aim(draft.mode);
  }

  draft() {
    const { mode, once, form: { elements: { text, pseudonym } } } = this;
    if (!mode.edit) put("drafts", this.thread, text.value.trim() ? { text: text.value, name: pseudonym.value, mode, once } : undefined);
  }

  preview() {
    const details = this.form.querySelector("details");
    if (details.open) details.lastElementChild.replaceChildren(...nodes(markdown(this.form.elements.text.value)));
  }

  /** Solve a challenge while the member writes; where that cannot be, an editor reads first. */
  prove() {
    if (this.proof || !isSecureContext) return;
    const worker = this.worker = new Worker(new URL("worker.js", import.meta.url));
    this.proof = new Promise((solved) => {
      const fail = worker.onerror = () => solved(null);
      ask("/challenge", { fresh: true }).then((challenge) => {
        worker.onmessage = ({ data: solution }) => solved(solution && btoa(JSON.stringify({ challenge, solution })));
        worker.postMessage(challenge);
      }, fail);
    }).finally(() => worker.terminate());
  }

  /** Put the one form where it is needed: below the thread, an answered comment, or one's own to change. */
  aim(mode) {
    const { text, pseudonym } = this.form.elements;
    const article = mode.id && this.article(mode.id);
    if (mode.edit) text.value = kept().mine[mode.id].text;
    else if (this.mode.edit) text.value = kept().drafts?.[this.thread]?.text ?? "";
    article ? article.after(this.form) : this.querySelector(".words").before(this.form);
    this.mode = mode;
    this.form.querySelector("h3").textContent = mode.edit ? this.word("edit") : mode.id ? this.word("reply-to", mode) : this.heading;
    pseudonym.disabled = pseudonym.parentElement.hidden = !!mode.edit;
    this.form.querySelector("[data-act=cancel]").hidden = !mode.id;
    this.draft();
    this.preview();
    if (mode.id) text.focus();
  }

  reply(button) {
    const article = button.closest("article");
    this.aim({ id: article.id.slice(2), name: article.querySelector(".comment-name").textContent });
  }

  edit(button) {
    this.aim({ id: button.closest("article").id.slice(2), edit: true });
  }

  cancel() {
    const { id } = this.mode;
    this.aim({});
    this.focusOn(this.article(id));
  }

  anyway() {
    this.send(true);
  }

  async send(confirmed = false, again) {
    if (this.sending && !again) return;
    this.sending = true;
    this.say(this.word("sending"));
    contribute(this.thread, document.querySelector("h1").textContent, "#comments");
    const { id, edit } = this.mode;
    const [text, pseudonym, website] = ["text", "pseudonym", "website"].map((name) => this.form.elements[name].value);
    this.prove();
    const altcha = await this.proof;
    this.once ||= chance();
    this.draft();
    const body = { text, altcha, confirmed, lang: document.documentElement.lang, ...!edit && { pseudonym, website, parent: id } };
    const path = edit ? `/comments/${id}` : `/threads/${this.thread}/comments`;
    const { answer, refusal } = await ask(path, { method: edit ? "PATCH" : "POST", body, once: this.once })
      .then((answer) => ({ answer }), (refusal) => ({ refusal }));
    if (/^proof/.test(refusal?.code)) this.proof = null;
    if (!again && /^proof|too-fast/.test(refusal?.code)) {
      setTimeout(() => this.send(confirmed, true), refusal.wait * 1000 || 0);
      return;
    }
    this.sending = false;
    this.form.querySelector("[data-act=anyway]").hidden = refusal?.code !== "personal-data";
    refusal ? this.sayWhy(refusal) : this.sent(answer, pseudonym);
  }

  sent({ comment, help }, name) {
    keep((all) => { all.name = name; });
    put("mine", comment.id, comment);
    this.proof = null;
    this.once = "";
    if (!this.mode.edit) this.form.elements.text.value = "", this.draft();
    this.aim({});
    this.draw(true);
    this.say(this.word(comment.state));
    this.focusOn(this.article(comment.id));
    this.help(help);
  }

  /** Lines to call or write to now. */
  help(lines) {
    const place = this.querySelector(".comments-help");
    place.hidden = !lines[0];
    const link = (href, words) => href && make("a", { href }, words);
    place.lastElementChild.replaceChildren(...lines.map(({ name, phone, text, url, hours }) => make("li", {},
      ...[name, link(phone && `tel:${phone}`, phone), link(url, url), text, hours].filter(Boolean).flatMap((part) => [part, " "]))));
    if (lines[0]) this.focusOn(place);
  }

  async withdraw(button) {
    if (!this.sure(button)) return;
    const id = button.closest("article").id.slice(2);
    const answer = await this.hear(ask(`/comments/${id}`, { method: "DELETE" }));
    if (!answer) return;
    if (answer.state === "gone") this.gone.push(id);
    put("mine", id);
    await this.load();
    this.say(this.word("withdrawn"));
  }

  async flag(form) {
    contribute(this.thread, document.querySelector("h1").textContent, "#comments");
    const id = form.closest("article").id.slice(2);
    const answer = await this.hear(ask(`/comments/${id}/flags`, { method: "POST", body: { reason: form.elements.reason.value } }));
    if (!answer) return;
    form.parentElement.hidden = true;
    this.say(this.word("flagged"));
    this.help(answer.help);
  }
}
