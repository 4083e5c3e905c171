// Owns what this device says beside the offer of a survey that it has answered. Loaded only where it has answered one.
import { kept, make } from "./device.js";

const answered = Object.values(kept().answered ?? {}).filter(({ until }) => !(Date.now() > Date.parse(until) + 864e5));
const own = document.querySelector("gw-survey"); // its page says more

for (const place of own ? [] : document.querySelectorAll("a.line, p.small > a")) {
  const { origin, pathname } = new URL(place.href);
  // An article offers the list, and means the one survey that is open.
  const found = origin === location.origin && answered.find(({ at, list }) => at === pathname || list === pathname);
  if (found) place.after(make("span", { className: "small survey-on", textContent: ` ${found.said}` }));
}
