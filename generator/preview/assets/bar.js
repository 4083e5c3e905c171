// The writer's bar: what this page is, reads like and will become; only in the preview, and can be hidden.
import { place } from "./overlay.js";
import { make } from "./words.js";

const KEY = "gatherwell-preview-bar";

export class Bar {
  constructor(/** @type {ShadowRoot} */ root, say) {
    this.say = say;
    this.source = "";
    this.report = {};
    /** @type {any[]} of the whole site; those of this page stand among its findings */
    this.errors = [];
    /** @type {Record<string, number>} ports of the site's own hosts by origin */
    this.hosts = {};
    this.note = make("p", { class: "note", role: "status", hidden: "" });
    this.box = make("aside", { class: "bar", "aria-label": say("bar") });
    this.opener = make("button", { type: "button", class: "opener", onclick: () => this.hide(false, true) }, say("show"));
    this.connection = make("p", { class: "note lost", role: "status", hidden: "" }, say("lost"));
    root.append(this.note, this.box, this.opener, this.connection);
    this.hide(stored() === "hidden");
    const room = new ResizeObserver(() => this.makeRoom());
    for (const each of [this.note, this.box]) room.observe(each);
    // One sheet at a time; Escape and a click elsewhere close it.
    this.box.addEventListener("toggle", ({ target }) => target.open && this.closeSheets(target), true);
    addEventListener("keydown", (event) => event.key === "Escape" && this.closeSheets(null, true));
    addEventListener("pointerdown", (event) => event.composedPath().includes(this.box) || this.closeSheets());
  }

  hide(hidden, byHand = false) {
    this.box.hidden = hidden;
    this.opener.hidden = !hidden;
    if (hidden && this.box.contains(this.box.getRootNode().activeElement)) this.opener.focus();
    if (byHand) (hidden ? this.opener : this.box.querySelector(".hide"))?.focus();
    try {
      localStorage.setItem(KEY, hidden ? "hidden" : "shown");
    } catch { /* a browser that keeps nothing */ }
  }

  /** Neither bar nor note lies over the page's own first and last lines. */
  makeRoom() {
    const { style } = document.body;
    style.paddingBlockEnd = this.box.hidden ? "" : `${this.box.offsetHeight + 8}px`;
    style.paddingBlockStart = this.note.hidden ? "" : `${this.note.offsetHeight}px`;
    this.box.style.setProperty("--bar", `${this.box.offsetHeight}px`);
  }

  closeSheets(except = null, focus = false) {
    for (const sheet of this.box.querySelectorAll("details[open]")) {
      if (sheet === except) continue;
      sheet.open = false;
      if (focus) sheet.querySelector("summary").focus();
    }
  }

  lost(isLost) {
    this.connection.hidden = !isLost;
  }

  /** Ask for this page's report and show it; *missing* where the page is not there. */
  async show(missing) {
    const now = new URLSearchParams(location.search).get("now");
    const query = new URLSearchParams({ path: decodeURIComponent(location.pathname), ...(now && { now }) });
    const report = await (await fetch(`/__preview/page?${query}`, { cache: "no-store" })).json();
    this.report = report;
    this.source = report.source ?? "";
    this.hosts = report.hosts ?? {};
    this.note.hidden = !missing;
    this.note.replaceChildren(...(missing ? this.absence(report) : []));
    this.box.replaceChildren(...this.parts(report, now));
  }

  /** @param {any[]} errors of the whole site; an open sheet stays as it is where none of this page came or went */
  tell(errors) {
    const before = JSON.stringify(this.own());
    this.errors = errors;
    if (JSON.stringify(this.own()) === before) return;
    this.box.replaceChildren(...this.parts(this.report, new URLSearchParams(location.search).get("now")));
  }

  own() {
    return this.errors.filter(({ path }) => path && path === this.source);
  }

  absence(report) {
    const { say } = this;
    const parts = [say(`missing.${report.missing}`, report.source)];
    if (report.moved) parts.push(" ", make("a", { href: report.moved }, say("moved")));
    if (report.missing === "scheduled") {
      const then = new URLSearchParams({ now: report.date });
      parts.push(" ", make("a", { href: `?${then}` }, say("see-then", this.moment(report.date))));
    }
    if (report.edit) parts.push(" ", make("a", { href: report.edit }, say("edit")));
    return parts;
  }

  parts(report, now) {
    const { say } = this;
    const status = report.overdue ? "overdue" : report.status;
    return [
      status ? make("strong", { class: `status ${status}` }, say(`status.${status}`)) : "",
      make("div", { class: "wide" }, ...this.facts(report)),
      report.source ? this.page(report) : "",
      this.findings(report),
      this.times(report, now),
      make("button", { type: "button", class: "hide", "aria-label": say("hide"), title: say("hide"),
        onclick: () => this.hide(true, true) }, "×"),
    ].filter(Boolean);
  }

  /** What there is to say of the page: in the bar where it is wide, else in a sheet. */
  facts(report) {
    return [
      report.source ? this.file(report) : "",
      report.words ? make("span", {}, this.say("words", report.words)) : "",
      report.grade ? this.grade(report.grade) : "",
      ...(report.translations ?? []).map(({ language, url }) =>
        make("a", { href: url, hreflang: language, lang: language }, languageName(language))),
    ].filter(Boolean);
  }

  page(report) {
    const items = this.facts(report).map((fact) => make("li", {}, fact));
    const explained = report.grade ? make("p", { class: "quiet" }, this.say(`scale.${report.grade.scale}`)) : "";
    return make("details", { class: "narrow" },
      make("summary", {}, this.say("page")),
      make("div", { class: "sheet" }, make("ul", {}, ...items), explained));
  }

  file(report) {
    return report.edit
      ? make("a", { href: report.edit, title: this.say("edit") }, report.source)
      : make("code", {}, report.source);
  }

  grade({ scale, value, plain }) {
    return make("span", { class: plain ? "" : "hard", title: this.say(`scale.${scale}`) }, this.say(scale, value));
  }

  findings({ findings = [], others = 0, explained = [] }) {
    const errors = this.own(), every = [...errors, ...findings];
    if (!every.length && !others) return "";
    const { say } = this;
    // A code leads to what its rule looks for and rests on.
    const code = ({ rule }) => explained.includes(rule)
      ? make("p", {}, make("a", { href: `/__preview/rules#${rule}`, "data-plain": "" }, rule)) : "";
    const list = make("ul", {}, ...every.map((finding) =>
      make("li", {}, make("p", {}, finding.message), place(finding), finding.hint ? make("p", {}, finding.hint) : "", code(finding))));
    const counts = [
      errors.length ? say("errors", errors.length) : "",
      findings.length || !errors.length ? say("findings", findings.length) : "",
    ];
    return make("details", { class: every.length ? "" : "wide" },
      make("summary", { class: every.length ? "hard" : "" }, counts.filter(Boolean).join(", ")),
      make("div", { class: "sheet" }, list, others ? make("p", { class: "quiet" }, say("others", others)) : "",
        make("p", {}, make("a", { href: "/__preview/reviews", "data-plain": "" }, say("reviews")))));
  }

  /** The clock: as of when the site is shown, what comes next, and a way to go there. */
  times({ now: asOf, next = [], own = [] }, now) {
    const { say } = this;
    const input = make("input", { type: "datetime-local", name: "now", "aria-label": say("as-of"), value: local(asOf) });
    const form = make("form", { onsubmit: (event) => {
      event.preventDefault();
      if (input.value) this.go(new Date(input.value).toISOString());
    } }, input, make("button", {}, say("go")));
    const moments = [...new Set([...own, ...next.map(({ moment }) => moment)])].sort();
    const titles = Object.fromEntries(next.map(({ moment, titles: found }) => [moment, found.join(", ")]));
    const items = moments.map((moment) =>
      make("li", {}, make("a", { href: `?${new URLSearchParams({ now: moment })}`, "data-plain": "" }, this.moment(moment)),
        own.includes(moment) ? ` ${say("this-page")}` : "", titles[moment] ? ` ${titles[moment]}` : ""));
    return make("details", {},
      make("summary", { class: now ? "elsewhen" : "" }, now ? say("as-of-moment", this.moment(asOf)) : say("now")),
      make("div", { class: "sheet" },
        now ? make("p", {}, make("a", { href: location.pathname, "data-plain": "" }, say("back"))) : "",
        form, items.length ? make("p", {}, say("next")) : "", make("ul", {}, ...items)));
  }

  go(moment) {
    location.search = new URLSearchParams({ now: moment }).toString();
  }

  moment(text) {
    const date = new Date(text);
    return date.toLocaleString(document.documentElement.lang || "en", { dateStyle: "medium", timeStyle: "short" });
  }
}

function languageName(language) {
  return new Intl.DisplayNames([language], { type: "language" }).of(language);
}

/** What an input for local time takes: 2026-11-23T09:30 */
function local(text) {
  const date = new Date(text);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
