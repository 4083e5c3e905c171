// Owns the form for a story or question: a draft on this device once something is written, sent with its key, the receipt shown once.
import { ask, chance, follow, keep, kept, put, root, settle, solve, Widget } from "./device.js";

const texts = (form) => [...form.querySelectorAll("textarea, input[name=title], input[name=pseudonym]")];

export class Voice extends Widget {
  begin() {
    this.form = this.querySelector("form");
    this.form.addEventListener("input", () => this.draft = Object.fromEntries(texts(this.form).map(({ name, value }) => [name, value])));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    const { draft } = this;
    if (draft) {
      for (const field of texts(this.form)) field.value = draft[field.name] ?? "";
      this.say(this.word("resumed"));
    }
    this.offer("forget", draft);
  }

  /** Written by its owner alone: nothing is kept of a form that was only looked at. */
  get draft() {
    return kept().told?.[this.dataset.form];
  }

  set draft(values) {
    put("told", this.dataset.form, values);
    this.once = undefined;
    this.offer("forget", values);
    this.offer("anyway", false);
  }

  forget() {
    this.form.reset();
    this.draft = undefined;
    this.say(this.word("forgotten"));
  }

  anyway() {
    this.send(true);
  }

  async send(confirmed = false) {
    if (this.sending) return;
    this.sending = true;
    this.say(this.word("sending"));
    this.noHelp();
    keep((all) => { all.key ??= chance(); });
    this.once ??= chance(); // the same text again counts once
    const { form, lang, title, text, pseudonym, age, carer, website, ...rest } = Object.fromEntries(new FormData(this.form));
    const body = { form, lang, title, text, pseudonym, answers: [], consents: [], age: !!age, carer: !!carer, confirmed };
    for (const name in rest) name.startsWith("q.") ? body.answers.push(rest[name]) : body.consents.push(name);
    const post = (altcha) => settle(ask(this.form.getAttribute("action").slice(root.dataset.endpoint.length),
      { method: "POST", once: this.once, body: { ...body, altcha } }));
    let { answer, refusal } = await post();
    if (refusal?.challenge) {
      this.help(refusal); // nobody waits for a proof to be helped
      const solution = isSecureContext && await solve(refusal.challenge);
      if (!solution) { // no worker, no secure context: the function takes a form without scripts
        this.form.submit();
        return;
      }
      ({ answer, refusal } = await post(solution));
    }
    this.sending = false;
    answer ? this.done(answer) : this.refused(refusal);
  }

  refused(refusal) {
    const { code } = refusal;
    this.sayWhy(refusal);
    this.offer("anyway", code === "personal-data");
    this.help(refusal);
    const missing = { "title-invalid": "title", "text-empty": "text", "consent-missing": "publish", "age-missing": "age", "pseudonym-invalid": "pseudonym" }[code];
    if (missing && !refusal.help) this.form.elements[missing].focus();
  }

  done(answer) {
    const place = this.querySelector(".voice-done"), [title, said, receipt] = place.children;
    said.textContent = answer.notice;
    receipt.firstElementChild.textContent = answer.receipt;
    place.hidden = false;
    this.draft = undefined;
    follow(this.form, { [this.dataset.kind]: answer.voice.id });
    this.form.remove();
    this.say("");
    this.help(answer);
    this.focusOn(answer.help?.[0] ? this.querySelector(".help-given") : title, "start");
  }

  offer(act, on) {
    const button = this.querySelector(`[data-act=${act}]`);
    if (button) button.hidden = !on;
  }
}

customElements.define("gw-voice", Voice);
for (const place of document.querySelectorAll("gw-voice")) place.start();
