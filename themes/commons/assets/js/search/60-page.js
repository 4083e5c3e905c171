// The search page. What is typed never leaves the device: it is not sent, and no address ever holds it.
// Nothing of the index is fetched before somebody types.

const BATCH = 4;
const AT_ONCE = 12;
const FORMS = ["zero", "one", "two", "few", "many", "other"];

function element(name, text = "", className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

class SearchPage {
  constructor(box) {
    this.box = box;
    this.form = box.querySelector("form");
    this.input = this.form.elements.q;
    for (const part of ["status", "note", "results", "help", "more", "crisis", "anyway", "lost"]) this[part] = box.querySelector(`[data-${part}]`);
    this.language = box.dataset.language;
    this.number = new Intl.NumberFormat(document.documentElement.lang);
    this.plurals = new Intl.PluralRules(document.documentElement.dataset.words);
    // Blanks hold whole words; the last may go on (suicid: suicidal), but not a short one (die: diet).
    this.phrases = (box.dataset.crisisWords ?? "").split("|").filter(Boolean)
      .map((phrase) => ` ${phrase}`.replace(/ [a-z]{1,4}$/, "$& "));
    this.turn = 0;
    this.allowed = "";
    this.listen();
    this.restore();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    this.form.addEventListener("input", () => {
      this.remember();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.run(), 200);
    });
    this.details = this.form.querySelector("details");
    this.details.addEventListener("toggle", () => this.count());
    this.more.addEventListener("click", () => this.show(this.turn, AT_ONCE));
    this.anyway?.addEventListener("click", () => {
      this.allowed = this.input.value;
      this.input.focus();
      this.run();
    });
    this.box.addEventListener("keydown", (event) => this.walk(event));
    new IntersectionObserver(([sight]) => {
      if (sight.isIntersecting && this.results.childElementCount < AT_ONCE) this.show(this.turn, BATCH);
    }).observe(this.more);
    // The other languages have an index each; the words go along behind the #, which no server sees.
    for (const other of document.querySelectorAll(".languages a")) {
      other.addEventListener("click", () => {
        other.hash = this.input.value ? "q=" + encodeURIComponent(this.input.value) : "";
      });
    }
  }

  restore() {
    const before = history.state;
    if (location.hash.startsWith("#q=")) {
      try {
        this.input.value = decodeURIComponent(location.hash.slice(3));
      } catch {}
      history.replaceState(null, "", location.pathname);
    } else if (before?.q !== undefined) {
      this.input.value = before.q;
      for (const choice of this.form.querySelectorAll("select")) choice.value = before.filters[choice.name]?.toString() ?? "";
      for (const choice of this.types()) choice.checked = before.filters.type.includes(choice.value);
    }
    this.details.open = chosen(this.filters()).length > 0;
    if (this.input.value || this.details.open) this.run(Math.max(BATCH, before?.shown ?? 0));
  }

  /** The entry of this page in the tab's history: coming back from a result finds the results again. */
  remember() {
    history.replaceState({ q: this.input.value, filters: this.filters(), shown: this.results.childElementCount }, "");
  }

  types() {
    return [...this.form.querySelectorAll("[name=type]")];
  }

  filters() {
    const { condition, topic, stage } = this.form.elements;
    const values = (one) => (one?.value ? [one.value] : []);
    const type = this.types().filter((choice) => choice.checked).map((choice) => choice.value);
    return { condition: condition?.value, type, topic: values(topic), stage: values(stage) };
  }

  clearFilters() {
    for (const choice of this.types()) choice.checked = false;
    for (const choice of this.form.querySelectorAll("select")) choice.value = "";
  }

  say(key) {
    this.status.textContent = this.status.dataset[key];
  }

  plural(key, count) {
    const forms = this.status.dataset[key].split("|");
    const form = (count < 3 && forms[count]) || forms[FORMS.indexOf(this.plurals.select(count))] || forms[5];
    return form.replace("{n}", this.number.format(count));
  }

  /** Whether the words ask for help: then the crisis lines stand first, and nothing is fetched until it is asked for. */
  troubled(query) {
    if (!this.crisis) return false;
    const typed = words(query, { elide: /^(fr|it|ca|oc)\b/.test(this.language), greek: this.language.startsWith("el") });
    return this.phrases.some((phrase) => ` ${typed.join(" ")} `.includes(phrase));
  }

  clear() {
    this.found = [];
    this.results.replaceChildren();
    this.help.replaceChildren();
    this.status.textContent = this.note.textContent = "";
    this.more.hidden = this.lost.hidden = true;
  }

  async run(shown = BATCH) {
    clearTimeout(this.timer);
    const mine = ++this.turn;
    const query = this.input.value.slice(0, 1000).trim();
    const filters = this.filters();
    const troubled = this.troubled(query);
    if (this.crisis) this.crisis.hidden = !troubled;
    if (!query && !chosen(filters)[0]) {
      this.clear();
      this.remember();
      this.count();
      return;
    }
    if (troubled && this.allowed !== this.input.value) {
      this.clear();
      this.anyway.hidden = false;
      this.say("trouble");
      this.remember();
      return;
    }
    if (this.anyway) this.anyway.hidden = true;
    const busy = setTimeout(() => mine === this.turn && this.say("busy"), 600);
    try {
      this.index ??= new Index(this.box.dataset.index, this.language);
      this.index.missing = false;
      const answer = await this.index.find(query, { filters, open: !/[\s.,;:!?]$/.test(this.input.value), whole: this.details.open });
      if (mine !== this.turn) return;
      clearTimeout(busy);
      this.clear();
      Object.assign(this, { answer, query, found: answer.pages, at: 0 });
      this.forms = new Set(answer.groups.flatMap((group) => group.forms));
      this.kind = answer.groups.some((group) => group.same || group.near[0]);
      this.tell();
      await (this.found[0] ? this.show(mine, shown) : this.explain(mine));
      this.remember();
      await this.count();
    } catch {
      if (mine === this.turn) this.clear(), this.say("unavailable");
      this.index = undefined;
    } finally {
      clearTimeout(busy);
      if (this.index?.outdated) this.index = undefined;
    }
  }

  /** Says how many pages were found, and in which sense. */
  tell() {
    const { pages, full, groups, more } = this.answer;
    const near = groups.find((group) => group.near[0]);
    if (!pages[0]) this.say(this.index.missing ? "unavailable" : "none");
    else if (groups[0] && !full) this.say("some");
    else this.status.textContent = this.plural(more ? "foundMore" : "found", groups[0] ? full : pages.length);
    if (near) this.note.textContent = this.status.dataset.near.replace("{typed}", () => near.text).replace("{meant}", () => near.near[0]);
  }

  async show(mine, count) {
    if (!this.found?.[0] || this.loading === mine) return;
    this.loading = mine;
    const from = this.results.childElementCount;
    let left = count;
    while (left > 0 && this.at < this.found.length) {
      const pieces = await Promise.all(this.found.slice(this.at, this.at + left).map((page) => this.index.piece(page)));
      if (mine !== this.turn) return;
      this.at += left;
      const ranked = pieces.filter(Boolean).map((piece) => [exact(piece, this.query, this.forms, this.index.rules), piece]);
      const items = ranked.sort(([one], [other]) => other - one).map(([, piece]) => this.item(piece)).filter(Boolean);
      this.results.append(...items);
      left -= items.length;
    }
    this.loading = 0;
    if (this.index.missing) this.say(this.results.firstChild ? "partly" : "unavailable");
    this.more.hidden = this.at >= this.found.length;
    this.remember();
    if (from >= AT_ONCE) this.results.children[from]?.querySelector("a").focus();
  }

  item(piece) {
    const seen = excerpt(piece, this.forms, this.index.rules);
    if (!seen.held && this.answer.groups[0] && !this.kind) return undefined;
    const made = element("li");
    const title = element("h2", "", "search-title");
    title.append(this.marked(piece.title, "a"));
    title.firstChild.href = piece.url;
    const label = this.types().find((choice) => choice.value === piece.type)?.nextElementSibling.dataset.label;
    made.append(title, element("p", [label, piece.condition].filter(Boolean).join(" · "), "eyebrow"));
    if (seen.text) made.append(this.marked(seen.text, "p", "search-excerpt"));
    const line = element("p", "", "small");
    seen.links.forEach(({ anchor, heading }, at) => {
      const link = element("a", heading);
      link.href = `${piece.url}#${anchor}`;
      line.append(at ? " · " : "", link);
    });
    if (seen.links[0]) made.append(line);
    return made;
  }

  /** An element with *text*, in which the words that were looked for are marked. */
  marked(text, name, className = "") {
    const made = element(name, "", className);
    let last = 0;
    for (const [from, to] of marks(text, this.forms, this.index.rules)) {
      made.append(text.slice(last, from), element("b", text.slice(from, to)));
      last = to;
    }
    made.append(text.slice(last));
    return made;
  }

  suggest(text, action) {
    const button = element("button", text, "button");
    button.type = "button";
    button.addEventListener("click", () => {
      action();
      this.input.focus();
      this.run();
    });
    this.help.append(button, " ");
  }

  /** Nothing found: says what would be found without the filters, or by each word alone, and where to ask. */
  async explain(mine) {
    this.lost.hidden = this.index.missing;
    const { groups, hidden } = this.answer;
    if (hidden) this.suggest(this.help.dataset.all.replace("#", this.number.format(hidden)), () => this.clearFilters());
    for (const { text } of groups.length > 1 ? groups.slice(0, 5) : []) {
      const { full } = await this.index.find(text, { filters: this.filters(), whole: true });
      if (mine !== this.turn) return;
      if (full) this.suggest(`${text} (${this.number.format(full)})`, () => { this.input.value = text; });
    }
  }

  /** Beside each value of a filter: how many of the pages found have it. Lists are fetched when the filters are open. */
  async count() {
    const counts = this.details.open && this.found?.[0] && this.answer.groups[0] ? await this.index.counts(this.found) : undefined;
    for (const shown of this.form.querySelectorAll("[data-label]")) {
      // An option of a list, or the label of a type beside its box.
      const count = counts?.get(shown.parentElement.name ?? "type").get(shown.value ?? shown.previousElementSibling.value);
      shown.textContent = shown.dataset.label + (count === undefined ? "" : ` (${this.number.format(count)})`);
    }
  }

  walk(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!move || !(event.target === this.input || this.results.contains(event.target))) return;
    const stops = [this.input, ...this.results.querySelectorAll(".search-title a")];
    const at = stops.indexOf(event.target.closest(".search-results li")?.querySelector(".search-title a") ?? this.input);
    const next = stops[at + move];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

const searchBox = document.getElementById("search");
if (searchBox) new SearchPage(searchBox);
