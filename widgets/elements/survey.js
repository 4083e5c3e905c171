// Owns a survey in the page: step by step, kept on the device while under way, looked over, sent, its receipt shown once.
import { ask, chance, keep, kept, make, put, root, settle, solve, Widget } from "./device.js";

/** `work:yes,no;years:from-5` → a question, and the keys of which its answer holds one. */
export const conditionsOf = (written) => (written ? written.split(";") : []).map((one) => {
  const [question, keys] = one.split(":");
  return [question, keys.split(",")];
});

/** The band of a number in `under-5::5;from-5:5:`. */
export const bandOf = (written, number) => written.split(";").map((one) => one.split(":"))
  .find(([, least, below]) => (!least || number >= least) && (!below || number < below))?.[0];

const chosen = ({ type }) => ["radio", "checkbox"].includes(type);
const inputsOf = (place) => [...place.querySelectorAll("input, textarea")];
const answered = (place) => inputsOf(place).filter((input) => chosen(input) ? input.checked : input.value.trim());
const valuesOf = (place) => answered(place).map(({ value }) => value.trim());

/** What is wrong with an answer, in the words of the function's faults; empty where it may stay. */
function faultOf(place) {
  const given = answered(place), { kind, required, minimum, maximum } = place.dataset;
  const [{ validity }] = inputsOf(place);
  if (validity.badInput) return "not-a-number";
  if (!given[0]) return required === undefined ? "" : "required";
  if (kind === "number") {
    return validity.rangeUnderflow ? "too-small" : validity.rangeOverflow ? "too-large" : validity.stepMismatch ? "decimals" : "";
  }
  if (kind !== "multiple") return "";
  if (given.some(({ dataset }) => "exclusive" in dataset)) return given[1] ? "exclusive" : "";
  return given.length < minimum ? "too-few" : given.length > maximum ? "too-many" : "";
}

export class survey extends Widget {
  begin() {
    this.form = this.querySelector("form");
    this.forgetting = this.querySelector("[data-act=forget]");
    this.steps = [...this.querySelectorAll(".survey-step")];
    this.places = [...this.querySelectorAll(".survey-question")];
    this.form.noValidate = true; // what is hidden could not be pointed at
    this.form.addEventListener("input", ({ target }) => this.changed(target));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.at < this.steps.length - 1 ? this.next() : this.send();
    });
    this.querySelector(".survey-turn").hidden = this.querySelector(".survey-review").hidden = false;
    const draft = this.draft;
    if (draft.values) this.fill(draft.values), this.say(this.word("resumed"));
    this.route();
    this.show(draft.at ?? 0);
    const past = kept().answered?.[this.key];
    if (past?.v === this.dataset.version) this.over(past.said);
  }

  /** In place of the form what this device knows of its answers; without `said` the form again. */
  over(said) {
    const place = this.querySelector(".survey-over");
    place.children[0].textContent = said;
    place.children[1].textContent = this.word("already-answered");
    place.hidden = !said;
    this.form.hidden = !!said;
  }

  async withdraw(button) {
    const { textContent } = button;
    if (!this.sure(button)) {
      this.asked = textContent;
      return;
    }
    const { answer, refusal } = await settle(ask(`/surveys/${this.key}/responses`, { method: "DELETE" }));
    if (!answer && refusal.code !== "unknown-receipt") { // taken back elsewhere
      this.sayWhy(refusal);
      return;
    }
    button.nextElementSibling.remove();
    button.textContent = this.asked;
    put("answered", this.key);
    this.over("");
    this.say(this.word("taken-back"));
    this.show(0, true);
  }

  get key() {
    return this.dataset.survey;
  }

  /** What the device keeps of this version. */
  get draft() {
    const draft = kept().surveys?.[this.key];
    return draft?.v === this.dataset.version ? draft : {};
  }

  set draft(change) {
    put("surveys", this.key, change && { ...this.draft, v: this.dataset.version, ...change });
    this.forgetting.hidden = !change;
  }

  fill(values) {
    for (const place of this.places) {
      const own = values[place.dataset.question] ?? [];
      for (const input of inputsOf(place)) chosen(input) ? input.checked = own.includes(input.value) : input.value = own[0] ?? "";
    }
    this.forgetting.hidden = false;
  }

  changed(input) {
    const place = input.closest(".survey-question");
    if (!place) return;
    if (place.dataset.kind === "multiple" && input.checked) {
      const alone = "exclusive" in input.dataset;
      for (const other of inputsOf(place)) if (other !== input && (alone || "exclusive" in other.dataset)) other.checked = false;
    }
    this.mark(place, "");
    this.route();
    this.confirmed = false;
    const values = Object.fromEntries(this.places.map((one) => [one.dataset.question, valuesOf(one)]).filter(([, own]) => own[0]));
    this.draft = { values, once: undefined };
  }

  /** Shows the questions to which the answers before them lead. */
  route() {
    const answers = {};
    for (const place of this.places) {
      const { question, askIf, bands } = place.dataset;
      place.hidden = !conditionsOf(askIf).every(([key, keys]) => answers[key]?.some((one) => keys.includes(one)));
      if (place.hidden || faultOf(place)) continue;
      const values = valuesOf(place);
      answers[question] = bands && values[0] ? [bandOf(bands, Number(values[0]))] : values;
    }
    this.open = this.steps.filter((step) => step === this.steps.at(-1) || step.querySelector(".survey-question:not([hidden])"));
  }

  show(at, focus) {
    const step = this.open.includes(this.steps[at]) ? this.steps[at] : this.open[0];
    this.at = this.steps.indexOf(step);
    for (const one of this.steps) one.hidden = one !== step;
    const part = this.open.indexOf(step) + 1, parts = this.open.length;
    step.querySelector(".survey-part").textContent = this.word("part", { part, parts });
    this.offer("back", part > 1);
    this.offer("next", part < parts);
    if (part === parts) this.look();
    if (this.draft.values) this.draft = { at: this.at };
    if (focus) this.focusOn(step.querySelector("h2"), "start");
  }

  turn(by) {
    this.say("");
    this.show(this.steps.indexOf(this.open[this.open.indexOf(this.steps[this.at]) + by]), true);
  }

  back() {
    this.turn(-1);
  }

  next() {
    if (!this.faulty(this.steps[this.at])) this.turn(1);
  }

  /** Marks what is wrong in a step and leads to the first of it; whether there was any. */
  faulty(step) {
    const bad = this.places.filter((place) => !place.hidden && step.contains(place) && this.mark(place, faultOf(place)));
    if (bad[0]) this.lead(bad);
    return !!bad[0];
  }

  lead(bad) {
    this.say(this.plural("fault", bad.length));
    inputsOf(bad[0])[0].focus();
  }

  mark(place, fault) {
    const line = place.querySelector(".survey-fault"), { minimum, maximum } = place.dataset;
    line.hidden = !fault;
    const [{ min: least, max: most }] = inputsOf(place);
    line.textContent = fault && (this.word(`f-${fault}`, { minimum, maximum, least, most }) || this.word("f-other"));
    for (const input of inputsOf(place)) fault ? input.ariaInvalid = "true" : input.removeAttribute("aria-invalid");
    return fault;
  }

  look() {
    const lines = this.places.filter(({ hidden }) => !hidden).map((place) => {
      const question = place.querySelector(".survey-ask").textContent;
      const labels = answered(place).map((input) => chosen(input) ? input.nextElementSibling.textContent : input.value);
      const button = make("button", { type: "button", className: "link", ariaLabel: `${this.word("change")}: ${question}` }, this.word("change"));
      button.dataset.act = "change";
      button.dataset.to = place.id;
      return make("div", {}, make("dt", {}, question), make("dd", {}, labels.join(" · ") || this.word("open-answer"), " ", button));
    });
    this.querySelector(".survey-review dl").replaceChildren(...lines);
  }

  change({ dataset: { to } }) {
    const place = this.places.find(({ id }) => id === to);
    this.show(this.steps.indexOf(place.closest(".survey-step")));
    inputsOf(place)[0].focus();
  }

  unset(button) {
    const place = button.closest(".survey-question");
    for (const input of inputsOf(place)) input.checked = false;
    this.changed(inputsOf(place)[0]);
  }

  forget(button) {
    const { textContent } = button;
    if (!this.sure(button)) {
      this.asked = textContent;
      return;
    }
    button.nextElementSibling.remove();
    button.textContent = this.asked;
    this.form.reset();
    this.draft = undefined;
    this.route();
    this.show(0, true);
    this.say(this.word("forgotten"));
  }

  get answers() {
    const found = {};
    for (const place of this.places) {
      const { question, kind } = place.dataset, values = valuesOf(place);
      if (!place.hidden && values[0]) found[question] = kind === "multiple" ? values : kind === "number" ? Number(values[0]) : values[0];
    }
    return found;
  }

  async send() {
    if (this.sending) return;
    keep((all) => { all.key ??= chance(); });
    this.noHelp();
    const missing = (code) => this.look(this.key, [...this.form.querySelectorAll("textarea")].map(({ value }) => value).filter(Boolean), code);
    const wrong = this.open.find((step) => this.places.some((place) => !place.hidden && step.contains(place) && faultOf(place)));
    if (wrong) {
      this.show(this.steps.indexOf(wrong));
      this.faulty(wrong);
      missing("answers-invalid");
      return;
    }
    const { version, consent, lang, age, collection, publication } = this.form.elements;
    const unticked = [age, collection].find(({ checked }) => !checked);
    if (unticked) {
      this.say(this.word("f-consent"));
      unticked.focus();
      missing(`${unticked === age ? "age" : "consent"}-missing`);
      return;
    }
    this.sending = true;
    this.say(this.word("sending"));
    const once = this.draft.once ?? chance();
    this.draft = { once }; // the same response again counts once
    const body = { version: Number(version.value), consent: consent.value, lang: lang.value, age: true, collection: true,
      publication: publication.checked, confirmed: this.confirmed, answers: this.answers };
    const post = (altcha) => settle(ask(`/surveys/${this.key}/responses`, { method: "POST", once, body: { ...body, altcha } }));
    let { answer, refusal } = await post();
    if (refusal?.challenge) {
      this.help(refusal); // nobody waits for a proof to be helped
      const solution = isSecureContext && await solve(refusal.challenge);
      if (!solution) return this.sendAsForm(); // no worker, no secure context
      ({ answer, refusal } = await post(solution));
    }
    this.sending = false;
    answer ? this.done(answer) : this.refused(refusal);
  }

  /** The function takes what a form without scripts sends, and leaves out what was not asked. */
  sendAsForm() {
    this.draft = undefined;
    this.form.elements.device.value = kept().key;
    this.form.submit();
  }

  refused(refusal) {
    this.sayWhy(refusal);
    this.confirmed = refusal.code === "personal-data"; // sent again as it is, it is meant
    const { faults = {} } = refusal;
    const bad = this.places.filter((place) => faults[place.dataset.question]);
    if (bad[0]) {
      this.show(this.steps.indexOf(bad[0].closest(".survey-step")));
      for (const place of bad) this.mark(place, faults[place.dataset.question]);
      this.lead(bad);
    }
    this.help(refusal);
  }

  done(answer) {
    const place = this.querySelector(".survey-done");
    place.querySelector(".survey-thanks").textContent = answer.notice || this.word(answer.counted ? "sent" : "sent-out");
    this.receipt = place.querySelector(".survey-receipt").textContent = answer.receipt;
    place.hidden = false;
    this.draft = undefined;
    const { version: v, until, list } = this.dataset;
    const date = new Intl.DateTimeFormat(root.lang.replace(/^en$/, "en-GB"), { dateStyle: "long" }).format();
    put("answered", this.key, { v, said: this.word("answered", { date }), at: location.pathname, until, list });
    this.form.remove();
    this.say("");
    this.focusOn(place.querySelector("h2"), "start");
    this.help(answer);
  }

  copy() {
    navigator.clipboard.writeText(this.receipt).then(() => this.say(this.word("copied")), () => this.sayWhy({}));
  }
}
