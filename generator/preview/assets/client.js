// The preview's client: listens to the server, keeps this page up to date in place, shows errors and the writer's bar.
import { Bar } from "./bar.js";
import { merge } from "./merge.js";
import { Overlay } from "./overlay.js";
import { words } from "./words.js";

const CHANNEL = "gatherwell-preview";
const DRAFTED = "gatherwell-preview-drafted";
const own = document.querySelector('script[src="/__preview/client.js"]');
const say = words(document.documentElement.lang);
const state = {
  etag: own.dataset.etag,
  output: own.dataset.output,
  version: Number(own.dataset.version),
  client: "",
  served: /** @type {Document | null} */ (null),
  working: false,
  again: false,
  stale: false,
  errors: 0,
};

const host = document.createElement("gatherwell-preview");
const shadow = host.attachShadow({ mode: "open" });
const style = document.createElement("link");
style.rel = "stylesheet";
style.href = "/__preview/client.css";
shadow.append(style);
const overlay = new Overlay(shadow, say);
const bar = new Bar(shadow, say);
document.body.append(host);

/** The page as `build` writes it; the script is only put in where a browser opens a page. */
function fetchPage(etag = "") {
  const headers = { Accept: "*/*", ...(etag && { "If-None-Match": `"${etag}"` }) };
  return fetch(location.href, { headers, cache: "no-store" });
}

const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const tagOf = (response) => (response.headers.get("ETag") ?? "").replaceAll('"', "");

/** Bring this page up to what the server has now; one at a time, the last wish counts. */
async function update() {
  if (document.hidden) {
    state.stale = true;
    return;
  }
  if (state.working) {
    state.again = true;
    return;
  }
  state.working = true;
  try {
    do {
      state.again = false;
      await bringUp();
    } while (state.again);
  } catch {
    state.stale = true; // the server has gone; its greeting brings us back here
  } finally {
    state.working = false;
  }
}

async function bringUp() {
  const response = await fetchPage(state.etag);
  state.stale = false;
  if (response.status === 304) return;
  if (response.status >= 500) return void (await showErrors());
  const text = await response.text();
  const next = parse(text);
  if (!state.served || mustReload(state.served, next)) return reload();
  merge(state.served, next, document);
  state.served = next;
  state.etag = tagOf(response);
  document.dispatchEvent(new CustomEvent("gatherwell:merged"));
  await bar.show(response.status === 404);
}

/** Scripts that ran cannot be taken back, nor a policy; all else is merged. */
function mustReload(before, after) {
  const policy = (page) => page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content;
  const scripts = (page) => [...page.querySelectorAll("script[src]")].map((script) => script.getAttribute("src")).join(" ");
  return policy(before) !== policy(after) || scripts(before) !== scripts(after);
}

/** Load the page anew; what was typed comes back. */
function reload() {
  const typed = [];
  for (const [index, field] of fields().entries()) {
    if (field.value !== field.defaultValue) typed.push([index, field.name, field.value]);
  }
  try {
    if (typed.length) sessionStorage.setItem(DRAFTED, JSON.stringify({ path: location.pathname, typed }));
  } catch { /* a browser that keeps nothing */ }
  location.reload();
}

const fields = () => [...document.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox], [type=radio])")];

function restoreTyped() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(DRAFTED));
    sessionStorage.removeItem(DRAFTED);
    if (kept?.path !== location.pathname) return;
    const found = fields();
    for (const [index, name, value] of kept.typed) if (found[index]?.name === name) found[index].value = value;
  } catch { /* nothing kept */ }
}

async function showErrors() {
  const { errors, count, left_out: leftOut } = await (await fetch("/__preview/errors", { cache: "no-store" })).json();
  state.errors = count;
  overlay.show(errors, count, bar.source, leftOut);
  bar.tell(errors);
}

/** @param {string} kind @param {any} said */
function hear(kind, said) {
  if (kind === "lost") return bar.lost(true);
  bar.lost(false);
  if (kind === "hello") {
    if (state.client && said.client !== state.client) return location.reload();
    state.client = said.client;
  }
  const mine = !said.pages || said.pages.includes(state.output) || state.stale;
  state.version = said.version;
  if (mine) update();
  if (said.errors || state.errors || kind === "hello") showErrors().catch(() => {});
}

/** One stream for all tabs of a browser: it allows only six connections to one origin over HTTP/1.1. */
function listen(told) {
  const source = new EventSource("/__preview/events");
  let lost = 0;
  for (const kind of ["hello", "change"]) {
    source.addEventListener(kind, (event) => {
      clearTimeout(lost);
      lost = 0;
      told(kind, JSON.parse(event.data));
    });
  }
  source.onerror = () => {
    lost ||= setTimeout(() => told("lost", {}), 1000);
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(told), 1500); // refused, not broken off
  };
}

function join() {
  if (!navigator.locks || !window.BroadcastChannel) return listen(hear); // a phone over plain http
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }) => hear(data.kind, data.said);
  navigator.locks.request(CHANNEL, () => {
    listen((kind, said) => {
      channel.postMessage({ kind, said });
      hear(kind, said);
    });
    return new Promise(() => {}); // until this tab is closed; then the next one listens
  });
}

/** Links between the site's own hosts, and walks through another moment, stay in the preview. */
function keepInside(event) {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.href);
  if (!link) return;
  const url = new URL(link.href);
  const port = bar.hosts[url.origin];
  if (port) {
    url.protocol = location.protocol;
    url.hostname = location.hostname;
    url.port = port;
  }
  const now = new URLSearchParams(location.search).get("now");
  const here = port || url.origin === location.origin;
  if (now && here && !url.searchParams.has("now")) url.searchParams.set("now", now);
  if (here && url.href !== link.href && !link.hasAttribute("data-plain")) link.href = url.href;
}

for (const kind of ["pointerdown", "keydown", "click", "contextmenu"]) addEventListener(kind, keepInside, true);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && state.stale) update();
});

restoreTyped();
join();
const first = await fetchPage();
if (first.status < 500) {
  const text = await first.text();
  if (tagOf(first) === state.etag) state.served = parse(text);
  else location.reload(); // it changed while it was being opened
}
await Promise.all([bar.show(first.status === 404), showErrors()]).catch(() => {});
host.dataset.ready = "";
