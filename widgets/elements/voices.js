// Owns one's own stories and questions on the page of one's contributions: how they stand, and what can be done to each.
import { ask, kept, make, root, Widget } from "./device.js";

const folder = { story: "stories", question: "questions" };

export class Voices extends Widget {
  begin() {
    this.load();
  }

  async load() {
    if (!kept().key) return;
    const me = await this.hear(ask("/me", { method: "POST", body: { action: "show", lang: root.lang } }));
    if (!me) return;
    const all = [...me.stories, ...me.questions];
    if (all[0]) this.hidden = false; // once shown it stays: what was taken back is said in it
    this.querySelector("section").hidden = !all[0];
    this.querySelector(".voices-list").replaceChildren(...all.map((one) => this.item(one)));
  }

  async act(one, body) {
    const answer = await this.hear(ask(`/${folder[one.kind]}/${one.id}`, { method: "POST", body: { lang: root.lang, revision: one.revision, ...body } }));
    if (!answer) return;
    await this.load();
    this.say(answer.notice);
    // The button that was pressed is gone.
    this.focusOn(this.querySelector(`[data-voice="${one.id}"] h3`) ?? this.querySelector(".say"));
  }

  item(one) {
    const words = (tag, text, className = "") => make(tag, { textContent: text, className });
    const button = (key, body, quiet = "quiet") => {
      const found = make("button", { type: "button", className: `button ${quiet}`, textContent: this.word(key) });
      found.onclick = () => (body.action !== "withdraw" || this.sure(found)) && this.act(one, body);
      return found;
    };
    const item = make("li", { className: "you you-one" }, words("h3", one.written.title), words("p", one.said));
    item.dataset.voice = one.id;
    if (one.reason) item.append(words("p", one.reason), make("div", { innerHTML: one.help })); // the function's own HTML
    for (const { by, text, day } of one.messages) item.append(words("p", `${this.word(by)} · ${day}`, "small"), words("p", text, "voice-text"));
    if (one.compared) {
      const side = (key, innerHTML) => make("section", { ariaLabel: this.word(key) }, words("p", this.word(key), "label"), make("div", { innerHTML, className: "comment-text" })); // the function's own HTML
      const { before, after } = one.compared;
      const both = this.querySelector(".words").content.firstElementChild.cloneNode();
      both.append(side("offered", after), side("yours", before));
      item.append(words("p", this.word("compared"), "small"), both, button("accept", { action: "accept" }, ""));
    }
    if (one.answer) {
      const told = make("div", { innerHTML: one.answer.html }); // cleaned by the function, kept nowhere
      const read = make("button", { type: "button", className: "button quiet", textContent: one.answer.button, hidden: !one.answer.button, value: one.id });
      read.dataset.act = "read";
      addEventListener("pagehide", () => told.replaceChildren());
      told.append(read);
      item.append(told);
    }
    if (one.replies) {
      const field = (key, value, tag = "textarea") => {
        const made = make(tag, { value, rows: 6 });
        return [make("label", { className: "field" }, this.word(key), made), made];
      };
      const [asked, message] = field("message", ""), [named, title] = field("title", one.written.title, "input"), [told, text] = field("text-own", one.written.text);
      const form = make("details", {}, words("summary", this.word("reply")), asked, named, told);
      const send = make("button", { type: "button", className: "button", textContent: this.word("send") });
      send.onclick = () => this.act(one, { action: "reply", message: message.value, title: title.value, text: text.value });
      form.append(send);
      item.append(form);
    }
    if (one.page) item.append(make("p", {}, make("a", { href: one.page, textContent: one.written.title })));
    const ticks = one.consents.filter((consent) => consent !== "publish").flatMap((consent) => [button(`no-${consent}`, { action: "consent", consent }), " "]);
    if (ticks[0]) item.append(make("p", { className: "event-do" }, ...ticks));
    item.append(words("p", one.withdrawing, "small"), make("p", { className: "event-do" }, button("withdraw", { action: "withdraw" }, "danger")));
    return item;
  }
}

customElements.define("gw-voices", Voices);
for (const place of document.querySelectorAll("gw-voices")) place.start();
