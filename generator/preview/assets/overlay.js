// The overlay: every current error with its place, the lines around it, and the remedy, over the last good page.
import { make } from "./words.js";

export class Overlay {
  constructor(/** @type {ShadowRoot} */ root, say) {
    this.say = say;
    this.shown = "";
    this.closed = "";
    this.box = make("section", { class: "overlay", role: "alert", hidden: "" });
    root.append(this.box);
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.box.hidden) this.close();
    });
  }

  /**
   * @param {any[]} errors the first ones @param {number} count of all @param {string} source of this page
   * @param {string[]} leftOut files without a page until they are mended
   */
  show(errors, count, source, leftOut) {
    const key = JSON.stringify([errors, leftOut]);
    if (!count) this.closed = "";
    this.box.hidden = !count || key === this.closed;
    if (key === this.shown) return;
    this.shown = key;
    // Errors of this page first: they are most likely the ones just made.
    const ordered = [...errors].sort((a, b) => Number(b.path === source) - Number(a.path === source));
    const more = count - errors.length;
    this.box.replaceChildren(
      make("div", { class: "overlay-head" },
        make("h2", {}, this.say("errors", count)),
        make("button", { type: "button", onclick: () => this.close() }, this.say("close"))),
      make("p", { class: "quiet" }, this.say("beneath")),
      leftOut.length ? make("p", {}, `${this.say("left-out")} ${leftOut.join(", ")}`) : "",
      make("ol", {}, ...ordered.map((error) => this.item(error))),
      more > 0 ? make("p", {}, this.say("more", more)) : "",
    );
  }

  close() {
    this.closed = this.shown;
    this.box.hidden = true;
  }

  item(error) {
    return make("li", {},
      make("h3", {}, error.message),
      place(error),
      error.excerpt.length ? excerpt(error) : "",
      error.hint ? make("p", { class: "hint" }, make("strong", {}, this.say("remedy")), ` ${error.hint}`) : "");
  }
}

/** The file and line, as a link where an editor can be opened. */
export function place(finding) {
  const where = finding.line ? `${finding.path}:${finding.line}:${finding.column || 1}` : finding.path;
  if (!where) return "";
  return make("p", { class: "place" }, finding.edit ? make("a", { href: finding.edit }, where) : make("code", {}, where));
}

function excerpt(error) {
  const rows = [];
  const width = String(error.first + error.excerpt.length).length;
  error.excerpt.forEach((line, index) => {
    const number = error.first + index;
    const here = number === error.line;
    rows.push(make("span", { class: here ? "row here" : "row" }, `${String(number).padStart(width)} │ ${line}\n`));
    if (here && error.column) {
      // Tabs are copied, so that the caret stands below its letter.
      const before = line.slice(0, error.column - 1).replaceAll(/[^\t]/g, " ");
      rows.push(make("span", { class: "caret", "aria-hidden": "true" }, `${" ".repeat(width)} │ ${before}^\n`));
    }
  });
  return make("pre", { tabindex: "0" }, ...rows);
}
