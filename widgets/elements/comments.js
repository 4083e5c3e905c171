// Owns a thread in the page: read, write, answer, change, withdraw, flag. Longer than 300 lines, since a second module
// would cost every reader who writes one more request.
import { ask, chance, contribute, follow, keep, kept, make, number, put, react, reacted, root, settle, Widget } from "./device.js";

export function arrange(comments, mine) {
  const groups = new Map();
  for (const comment of [...comments, ...mine.filter(({ id }) => !comments.some((one) => one.id === id))]) {
    if (comment.id === comment.root) groups.set(comment.id, { comment, replies: [] });
    else groups.get(comment.root)?.replies.push(comment);
  }
  return [...groups.values()];
}

const INLINE = /(\*\*|__)(.+?)\1|([*_])(.+?)\3|`([^`]+)`|!?\[([^\]]+)\]\((https?:[^\s)]+)\)/s;

function inline(text) {
  const found = INLINE.exec(text);
  if (!found) return [text];
  const [all, , bold, , italic, code, label, href] = found;
  const node = [bold ? "strong" : italic ? "em" : code ? "code" : "a", code ? [code] : inline(bold ?? italic ?? label), href];
  return [...inline(text.slice(0, found.index)), node, ...inline(text.slice(found.index + all.length))];
}

/** @returns {import("./types").Tree} */
export function markdown(text) {
  return text.trim().split(/\n\s*\n/).map((block) => {
    const lines = block.split("\n");
    const items = (mark) => lines.every((line) => mark.test(line)) && lines.map((line) => ["li", inline(line.replace(mark, ""))]);
    const bullets = items(/^[-*+] /), numbers = items(/^\d+[.)] /);
    return bullets ? ["ul", bullets] : numbers ? ["ol", numbers]
      : block[0] === ">" ? ["blockquote", markdown(block.replace(/^> ?/gm, ""))] : ["p", inline(block)];
  });
}

const nodes = (tree) => tree.map((node) => typeof node === "string" ? node
  : make(node[0], node[2] ? { href: node[2] } : {}, ...nodes(node[1])));

let format; // made with the first date: it costs more than all else here
const day = (moment) => {
  const locale = root.lang.replace(/^en$/, "en-GB"); // the day first, as in the page
  format ??= new Intl.DateTimeFormat(locale, { dateStyle: "long" });
  return format.format(new Date(moment));
};

const idOf = (place) => place.closest("article").id.slice(2);

export class comments extends Widget {
  begin() {
    this.thread = this.dataset.thread;
    this.list = this.querySelector(".comment-list");
    this.line = this.querySelector(".comments-line");
    this.form = this.querySelector(".comment-form");
    this.tap = document.querySelector("gw-reactions [name=reaction]"); // the page's first reaction is that of its comments
    this.sort = this.querySelector(".words").content.querySelector("label");
    this.sort.hidden = true;
    this.querySelector(".comments-turn").prepend(this.sort);
    this.sort.onchange = ({ target: { value } }) => {
      this.order = value;
      this.turn([{}]);
    };
    this.empty = this.querySelector(".comments-empty");
    this.own = this.querySelector(".comments-own");
    this.queries = [{}];
    this.answers = [];
    this.gone = [];
    this.mode = {};
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.target === this.form) this.send();
      else if (event.target.closest("details")) this.flag(event.target);
    });
    this.whenPosted("reacted", this.thread, (detail) => this.reacted(detail));
    if (this.form) this.prepare();
    const look = () => { if (!document.hidden) this.load(); };
    this.whenChanged(look);
    document.addEventListener("visibilitychange", look);
    setInterval(() => this.unseen || look(), 60_000);
    const find = () => this.find(/^#c-(\w{26})$/.exec(location.hash)?.[1]);
    addEventListener("hashchange", find);
    find();
  }

  get mine() {
    return Object.values(kept().mine ?? {}).filter(({ thread }) => thread === this.thread);
  }

  article(id) {
    return this.list.querySelector(`#c-${id}`);
  }

  async find(id) {
    const far = id && !this.article(id);
    if (far) this.queries = [{ comment: id }];
    await this.load(far);
    if (far && this.answers[0]) location.replace(location.hash);
    else if (far) this.queries = [{}], await this.load();
  }

  async load(all) {
    const fresh = !!(this.mine[0] ?? this.answers[0]);
    const asked = Promise.all(this.queries.map((query) => {
      const search = new URLSearchParams(this.order ? { ...query, order: this.order } : query);
      return ask(`/threads/${this.thread}${search.size ? "?" : ""}${search}`, { fresh });
    }));
    const answers = await (all ? this.hear(asked) : asked.catch(() => {}));
    if (answers) this.answers = answers, this.draw(all);
    return answers;
  }

  /** What became of those that the thread lacks: asked by a press alone, since the question carries the key. */
  async became() {
    const me = await this.hear(ask("/me", { method: "POST", body: { action: "show", polls: [], threads: [this.thread] } }));
    if (!me) return;
    for (const { id } of this.mine) put("mine", id, me.comments.find((one) => one.id === id));
    this.draw(true);
    this.answered(this.own, me.answers.filter(({ thread }) => thread === this.thread));
    this.say(this.word("became"));
  }

  /** After the first time what is new waits for a press where it would move what is being read. */
  draw(all) {
    if (!this.answers[0]) return;
    const first = !this.live;
    const mine = this.mine;
    // The page shows the words of an accepted answer once, above the list.
    const placed = (one) => {
      if (one.id !== this.dataset.accepted) return one;
      document.querySelector(".accepted-text").innerHTML = one.html; // cleaned by the function
      return { ...one, html: this.word("above") };
    };
    const newest = (one) => mine.find(({ id, edited }) => id === one.id && edited > (one.edited ?? "")) ?? one;
    const live = this.answers.flatMap(({ comments }) => comments).filter(({ id }) => !this.gone.includes(id)).map(newest).map(placed);
    this.live = live.map(({ id }) => id);
    this.hold = !all && !this.unseen;
    const shown = (one) => first || !this.hold || this.article(one.id) || mine.some(({ id }) => id === one.id);
    const waiting = live.filter((one) => !shown(one));
    this.waiting = waiting[0]?.id;
    const groups = arrange(live, mine).filter(({ comment }) => shown(comment));
    this.sync(this.list, groups.map(({ comment }) => comment));
    if (this.empty) this.empty.hidden = !!this.list.querySelector("article");
    this.own.hidden = !mine[0];
    for (const { comment, replies } of groups) {
      const item = this.article(comment.id).parentElement;
      const list = item.querySelector("ol.replies") ?? make("ol", { className: "replies", role: "list" });
      this.sync(list, replies.filter(shown));
      if (list.firstChild) item.append(list);
    }
    const { count, previous, order, comments_are: are, locked = "" } = this.answers[0];
    this.sort.lastElementChild.value = order;
    this.offer("fresh", waiting[0]);
    if (!this.hold || !waiting[0]) {
      this.sort.hidden = count < 2;
      this.offer("previous", previous);
      this.offer("next", this.answers.at(-1).next);
    }
    if (waiting[0]) this.say(this.plural("new", waiting.length));
    if (count) this.querySelector("h2").textContent = this.plural("count", count);
    if (this.form && are !== "open") this.say(`${this.word("comments-closed")} ${locked}`);
  }

  sync(list, comments) {
    const items = comments.map((comment) => this.item(comment));
    for (const item of [...list.children]) {
      if (items.includes(item)) continue;
      if (item.contains(this.form)) this.aim({});
      item.style.minBlockSize = `${item.offsetHeight}px`; // its place stays
      this.hold ? item.replaceChildren() : item.remove();
    }
    items.forEach((item, at) => {
      const before = this.hold && at ? items[at - 1].nextElementSibling : list.children[at];
      if (this.hold ? item.parentElement !== list : before !== item) list.insertBefore(item, before);
    });
  }

  item(comment) {
    const { id, html, note } = comment, own = kept().mine?.[id];
    const changes = own?.editable_until > new Date().toISOString();
    const mark = JSON.stringify([{ ...comment, reactions: 0 }, !!own, changes]);
    const old = this.article(id), part = (name) => old.querySelector(`.comment-${name}`);
    const same = (element) => element.innerHTML.trim() === make("p", { innerHTML: html.trim() }).innerHTML;
    const stays = old && (old.mark ? old.mark === mark : !own && !part("note") === !note && same(part("text")));
    const article = stays ? old : this.build(comment, own, changes);
    const item = old?.parentElement ?? make("li", {}, article);
    if (!stays) old?.replaceWith(article), article.mark = mark;
    this.count(article, comment);
    return item;
  }

  build({ id, state, pseudonym, role, html, note, created, edited }, own, changes) {
    const gone = state === "withdrawn";
    const article = this.querySelector(".words").content.querySelector("article").cloneNode(true);
    const part = (name) => article.querySelector(`.comment-${name}`);
    article.id = `c-${id}`;
    article.ariaLabel = part("name").textContent = pseudonym || this.word("withdrawn");
    if (role) part("name").after(" ", make("span", { className: `role role-${role.key}` }, this.word(`role-${role.key}`)));
    const { people } = this.dataset;
    if (people && role?.person) part("name").replaceChildren(make("a", { href: people + role.person + "/" }, pseudonym));
    part("date").href = `#c-${id}`;
    part("date").replaceChildren(make("time", { dateTime: created }, day(created)));
    part("text").innerHTML = html; // cleaned by the function
    part("note").lastElementChild.innerHTML = note?.html ?? "";
    part("state").textContent = own && !gone ? own.reason?.text ?? this.word(state) : "";
    if (own?.reason?.help) part("state").after(make("div", { innerHTML: own.reason.help })); // the function's own HTML
    this.offer("reply", this.form && /published|noted/.test(state), article);
    this.offer("edit", changes && !gone, article);
    this.offer("withdraw", own && !gone, article);
    for (const [name, on] of [["edited", edited], ["note", note], ["flag", !own && !gone]]) part(name).hidden = !on;
    return article;
  }

  count(article, { id, state, reactions }) {
    const button = article.querySelector("[data-act=react]");
    if (!button) return;
    button.hidden = !this.tap || !/published|noted/.test(state);
    if (button.hidden) return;
    const { value, firstElementChild: label } = this.tap;
    button.ariaPressed = reacted(this.thread, id, value);
    button.firstElementChild.textContent = label.textContent;
    button.lastElementChild.textContent = reactions[value] ? number(reactions[value]) : "";
  }

  react(button) {
    const id = idOf(button);
    this.lineBelowList();
    if (!this.waiting) this.say("");
    this.add(id, this.tap.value, react("#comments", this.thread, id, this.tap.value));
  }

  add(id, reaction, n) {
    for (const one of this.answers.flatMap(({ comments }) => comments)) {
      if (one.id === id) one.reactions[reaction] += n, this.count(this.article(id), one);
    }
  }

  reacted({ refusal, body: { comment, reaction } }) {
    if (!comment) return;
    if (refusal) this.sayWhy(refusal);
    if (refusal && refusal.code !== "unreachable") this.add(comment, reaction, reacted(this.thread, comment, reaction) ? 1 : -1);
  }

  fresh() {
    const { waiting } = this;
    this.draw(true);
    this.say("");
    this.focusOn(this.article(waiting));
  }

  async turn(queries) {
    const before = this.queries;
    this.queries = queries;
    if (!await this.load(true)) this.queries = before;
  }

  next() {
    this.turn([...this.queries, { cursor: this.answers.at(-1).next }]);
  }

  previous() {
    this.turn([{ cursor: this.answers[0].previous }, ...this.queries]);
  }

  prepare() {
    const { text, pseudonym } = this.form.elements;
    const { drafts, name = "" } = kept();
    const draft = drafts?.[this.thread];
    this.heading = this.form.querySelector("h3").textContent;
    if (draft) text.value ||= draft.text, this.once = text.value === draft.text && draft.once;
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
      if (this.sending) this.say(this.word("unsent")); // for who comes back to this very page
      this.proof = this.sending = null;
    });
    if (draft?.mode.id && this.article(draft.mode.id)) this.aim(draft.mode);
    if (this.once) this.lineBesideButton(), this.say(this.word("unsent"));
  }

  draft() {
    const { mode, once, form: { elements: { text, pseudonym } } } = this;
    if (!mode.edit) put("drafts", this.thread, text.value.trim() ? { text: text.value, name: pseudonym.value, mode, once } : undefined);
  }

  preview() {
    const details = this.form.querySelector("details");
    if (details.open) details.lastElementChild.replaceChildren(...nodes(markdown(this.form.elements.text.value)));
  }

  prove() {
    if (this.proof || !isSecureContext) return;
    const worker = this.worker = new Worker(new URL("worker.js", import.meta.url));
    this.proof = new Promise((solved) => {
      const fail = worker.onerror = () => {
        this.unproved = true; // the next sending tries again
        solved(null);
      };
      ask("/challenge", { fresh: true }).then((challenge) => {
        const rest = new Promise((over) => setTimeout(over, challenge.wait * 1000)); // earlier it would be refused
        worker.onmessage = ({ data: solution }) => rest.then(() => solved(solution && btoa(JSON.stringify({ challenge, solution }))));
        worker.postMessage(challenge);
      }, fail);
    }).finally(() => worker.terminate());
  }

  aim(mode) {
    const { text, pseudonym, age } = this.form.elements;
    const article = mode.id && this.article(mode.id);
    if (mode.edit) text.value = kept().mine[mode.id].text;
    else if (this.mode.edit) text.value = kept().drafts?.[this.thread]?.text ?? "";
    const moved = [this.form, this.line]; // what is said of it stands below it
    article ? article.after(...moved) : this.querySelector(".words").before(...moved);
    this.mode = mode;
    this.form.querySelector("h3").textContent = mode.edit ? this.word("edit") : mode.id ? this.word("reply-to", mode) : this.heading;
    pseudonym.disabled = pseudonym.parentElement.hidden = !!mode.edit;
    if (age) age.parentElement.hidden = !!mode.edit;
    this.offer("cancel", mode.id);
    this.draft();
    this.preview();
    if (mode.id) text.focus();
  }

  /** What is not said of the form stays in sight from there. */
  lineBelowList() {
    this.list.nextElementSibling.after(this.line);
  }

  lineBesideButton() {
    this.querySelector(".comment-end").append(this.line);
  }

  reply(button) {
    this.aim({ id: idOf(button), name: button.closest("article").ariaLabel });
  }

  edit(button) {
    this.aim({ id: idOf(button), edit: true });
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
    this.lineBesideButton();
    this.say(this.word("sending"));
    contribute(this.thread, "#comments");
    const { id: parent, edit } = this.mode;
    const fields = Object.fromEntries(new FormData(this.form));
    if (this.unproved) this.proof = this.unproved = null;
    this.prove();
    const once = this.once ||= chance();
    this.draft(); // whoever leaves meanwhile finds it, and is told
    if (!again) this.noHelp();
    // Nobody waits for a proof to be helped; what is refused anyway waits for none.
    const waits = again || setTimeout(() => this.look(this.thread, [fields.text]));
    const whole = fields.text.trim() && (edit || fields.pseudonym.trim());
    const altcha = whole ? await this.proof : undefined;
    clearTimeout(waits);
    const { answer, refusal } = await settle(edit
      ? ask(`/comments/${parent}`, { method: "PATCH", once, body: { text: fields.text, altcha, confirmed } })
      : ask(`/threads/${this.thread}/comments`, { method: "POST", once, body: { ...fields, age: !!fields.age, parent, altcha, confirmed } }));
    if (/^proof/.test(refusal?.code)) this.proof = null;
    if (refusal) this.help(refusal);
    if (!again && /^proof|too-fast/.test(refusal?.code)) {
      setTimeout(() => this.send(confirmed, true), refusal.wait * 1000 || 0);
      return;
    }
    this.sending = false;
    this.asking = refusal?.code === "personal-data";
    this.offer("anyway", this.asking);
    refusal ? this.refused(refusal) : this.sent(answer);
  }

  /** What was found stands selected: one key takes it out. */
  refused(refusal) {
    const { text } = this.form.elements, [found] = refusal.places ?? [];
    if (found) {
      text.value = text.value.trim().normalize(); // as the function counts
      text.focus();
      text.setSelectionRange(found.start, found.end);
    }
    this.sayWhy(refusal);
    const missing = !refusal.help && { "age-missing": "age", "pseudonym-invalid": "pseudonym", "text-empty": "text" }[refusal.code];
    if (missing) this.form.elements[missing].focus();
    if (this.asking) this.querySelector(".comment-end").before(this.line), this.focusOn(this.line, "center");
  }

  sent({ comment, ...answer }) {
    keep((all) => { all.name = comment.pseudonym; });
    put("mine", comment.id, comment);
    follow(this.form, { comment: comment.id });
    this.proof = null;
    this.once = "";
    if (!this.mode.edit) this.form.elements.text.value = "", this.draft();
    this.aim({});
    this.draw(true);
    this.say(`${this.word(comment.state)} ${answer.notice ?? ""}`);
    if (!answer.help?.[0]) this.focusOn(this.article(comment.id));
    this.help(answer);
  }

  async withdraw(button) {
    this.lineBelowList();
    if (!this.sure(button)) return;
    const id = idOf(button);
    const answer = await this.hear(ask(`/comments/${id}`, { method: "DELETE" }));
    if (!answer) return;
    if (answer.state === "gone") this.gone.push(id);
    put("mine", id);
    await this.load(true);
    this.say(this.word("withdrawn"));
    this.focusOn(this.line); // what had the focus is gone
  }

  async flag(form) {
    this.lineBelowList();
    contribute(this.thread, "#comments");
    const id = idOf(form);
    this.noHelp();
    const answer = await this.hear(ask(`/comments/${id}/flags`, { method: "POST", body: { reason: form.elements.reason.value } }));
    if (!answer) return;
    form.parentElement.hidden = true;
    this.say(this.word("flagged"));
    this.focusOn(this.line);
    this.help(answer);
  }
}
