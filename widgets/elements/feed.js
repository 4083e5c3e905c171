// Owns, on the page of one's own contributions, how being told of answers ends, and the private feed.
import { ask, keep, kept, root, Widget } from "./device.js";

export class News extends Widget {
  begin() {
    this.whenChanged(() => this.draw());
    this.draw();
  }

  draw() {
    const { news } = kept();
    this.hidden = !news && !this.over;
    this.querySelector(".news-on").hidden = !news;
    if (!news) return;
    const { feed } = news;
    this.offer("feed", !feed);
    const place = this.querySelector(".news-feed");
    place.hidden = !feed;
    place.querySelector("input").value = feed ? new URL(root.dataset.endpoint.replace(/\/api\/v1$/, "") + feed, location).href : "";
  }

  async asked(path, method, done) {
    const { token } = kept().news;
    const answer = await this.hear(ask(path, { method, news: token, body: method === "POST" ? { lang: root.lang } : undefined }));
    if (answer) keep((all) => done(all, answer)), this.draw();
    return answer;
  }

  async feed() {
    if (await this.asked("/news/feed", "POST", (all, { path }) => { all.news.feed = path; })) this.say(this.word("made")), this.focusOn(this.querySelector("input"));
  }

  async end() {
    const token = /news\/(\w+)/.exec(kept().news.feed)[1];
    const ended = await this.asked(`/news/${token}`, "DELETE", (all) => { delete all.news.feed; });
    if (ended) this.say(this.word("ended"));
    return ended;
  }

  async off() {
    if (kept().news.feed && !await this.end()) return;
    this.over = true;
    if (await this.asked("/news", "DELETE", (all) => { delete all.news; })) this.say(this.word("off"));
  }
}

customElements.define("gw-news", News);
for (const place of document.querySelectorAll("gw-news")) place.start();
