// Owns what is counted: polls, reactions, and counts beside links.
import { ask, contribute, kept, number, post, react, reacted, root, Widget } from "./device.js";

export const shares = ({ voters, options }) =>
  options.map(({ key, votes }) => ({ key, votes, percent: voters ? Math.round((100 * votes) / voters) : 0 }));

/** With one's choices changed; as it was where that is unknown or comes in steps. */
export function recount(results, before, after) {
  if (!results || results.step) return results;
  const options = results.options.map(({ key, votes }) => (
    { key, votes: Math.max(0, votes + after.includes(key) - before.includes(key)) }));
  return { ...results, options, voters: Math.max(0, results.voters + !!after[0] - !!before[0]) };
}

export class poll extends Widget {
  begin() {
    const { poll, version, minimum = 1, maximum = 1 } = this.dataset;
    this.poll = poll;
    this.version = Number(version);
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.bars = this.querySelector(".poll-answer");
    this.inputs = [...this.querySelectorAll("[name=choice]")];
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const choices = this.inputs.filter(({ checked }) => checked).map(({ value }) => value);
      if (choices.length >= minimum && choices.length <= maximum) this.vote(choices);
      else this.say(this.word("choose"));
    });
    this.whenPosted("polls", poll, (detail) => this.posted(detail));
    this.whenChanged(() => { this.showOwn(); this.refresh(); });
    if (this.own[0]) this.showOwn();
    this.refresh();
  }

  get own() {
    const { v, c } = kept().polls?.[this.poll] ?? {};
    return v === this.version ? c : [];
  }

  again() {
    this.vote(this.own);
  }

  back() {
    this.vote([]);
  }

  vote(choices) {
    const { poll, version, results } = this;
    this.undo ??= results; // should it be refused
    const after = recount(results, this.own, choices);
    contribute(`poll ${poll}`, `#${this.form.id}`, this.querySelector("legend"),
      Object.fromEntries(this.inputs.map(({ value, parentElement: label }) => [value, label.textContent.trim()])));
    this.say(this.word("sending"));
    post(`/polls/${poll}/votes`, { version, choices, lang: root.lang }, ["polls", poll], choices[0] && { v: version, c: choices });
    this.showOwn();
    if (after) this.show(after);
    else if (this.dataset.results === "after-vote" && choices[0]) this.reveal();
  }

  posted({ answer, refusal }) {
    if (answer) {
      this.take(answer);
      this.say(answer.notice || this.word(answer.choices[0] ? "voted" : "unvoted"));
    } else {
      this.sayWhy(refusal);
      if (refusal.code === "unreachable") return;
      if (this.undo) this.show(this.undo);
      if (refusal.code === "poll-closed") this.close();
    }
    this.undo = null;
    this.showOwn();
  }

  showOwn() {
    const own = this.own;
    for (const input of this.inputs) input.checked = own.includes(input.value);
    this.querySelector("[data-act=back]").toggleAttribute("data-idle", !own[0]);
    this.querySelector(".poll-more")?.toggleAttribute("data-idle", !own[0]);
  }

  async refresh() {
    const answer = await ask(`/polls/${this.poll}`, { fresh: !!this.own[0] }).catch(() => {});
    if (!answer || this.undo) return;
    this.take(answer);
    // Voters' results come with a vote: the same one again, at a press, changes nothing.
    if (answer.visibility === "after-vote") this.offer("again", !this.results && this.own[0]);
  }

  take({ version, state, results }) {
    if (version !== this.version) return;
    if (results) this.show(results);
    if (state === "closed") this.close();
  }

  close() {
    for (const part of this.querySelectorAll("fieldset, button")) part.disabled = true;
    this.say(this.word("poll-closed"));
  }

  reveal() {
    if (this.dataset.results === "after-vote") this.offer("again");
    this.bars.hidden = false;
    this.querySelector(".poll-later")?.remove();
  }

  show(results) {
    this.results = results;
    for (const { key, votes, percent } of shares(results)) {
      const bar = this.bars.querySelector(`[data-key="${key}"]`);
      if (!bar) continue;
      bar.querySelector(".bar-percent").textContent = this.word("percent", { percent });
      bar.querySelector(".bar-count").textContent = `(${number(votes)})`;
      bar.querySelector(".bar-fill").setAttribute("width", `${percent}%`);
    }
    this.bars.querySelector(".bars-note").textContent = this.plural("people", results.voters);
    this.bars.removeAttribute("data-idle");
    this.reveal();
  }
}

export class reactions extends Widget {
  begin() {
    const { thread } = this.dataset;
    this.buttons = [...this.querySelectorAll("button")];
    this.counts = Object.fromEntries(this.buttons.map(({ value, lastElementChild: count }) =>
      [value, Number(count.textContent.replace(/\D/g, ""))]));
    this.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.press(event.submitter.value);
    });
    this.whenPosted("reacted", `${thread} `, ({ answer, refusal, body: { reaction } }) => {
      if (answer) this.counts = answer.reactions;
      else this.sayWhy(refusal);
      if (refusal && refusal.code !== "unreachable") this.add(reaction, this.has(reaction) ? 1 : -1);
      this.show();
    });
    this.whenChanged(() => this.refresh());
    this.refresh();
  }

  has(key) {
    return reacted(this.dataset.thread, "", key);
  }

  add(key, n) {
    this.counts[key] = Math.max(0, this.counts[key] + n);
  }

  press(reaction) {
    this.say("");
    this.add(reaction, react("#reactions", this.dataset.thread, "", reaction));
    this.show();
  }

  async refresh() {
    this.show();
    const { thread } = this.dataset;
    const fresh = this.buttons.some(({ value }) => this.has(value));
    const answer = await ask(`/counts?threads=${thread}`, { fresh }).catch(() => {});
    this.counts = answer?.counts[thread]?.reactions ?? this.counts;
    this.show();
  }

  show() {
    for (const button of this.buttons) {
      const n = this.counts[button.value];
      button.ariaPressed = this.has(button.value);
      button.lastElementChild.textContent = n ? number(n) : "";
    }
  }
}

let waiting = [];
async function fetchCounts() {
  const asked = waiting.splice(0, 50); // the most in one question
  if (waiting[0]) setTimeout(fetchCounts);
  const answer = await ask(`/counts?threads=${asked.map(({ dataset }) => dataset.thread)}`).catch(() => {});
  for (const one of asked) {
    const known = answer?.counts[one.dataset.thread];
    if (known?.comments) one.firstElementChild.textContent = one.plural("count", known.comments);
  }
}

export class counts extends Widget {
  begin() {
    if (waiting.push(this) === 1) setTimeout(fetchCounts);
  }
}
