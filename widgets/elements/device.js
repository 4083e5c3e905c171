// Owns what this device keeps, what it asks and posts, and what all elements share.
const root = document.documentElement;
const ENTRY = "gatherwell"; // one entry of the storage, gone with its last part
let memory = {}; // for a browser that keeps nothing

/**
 * What is kept: key (the device key), polls, reacted, mine (own votes, reactions, comments), places (titles and
 * addresses by id), drafts, name (the pseudonym), outbox (what waits to be sent).
 * @returns {Record<string, any>}
 */
export function kept() {
  let all;
  try {
    all = JSON.parse(localStorage.getItem(ENTRY));
  } catch { /* nothing, or nothing of ours */
    all = memory;
  }
  return all?.constructor === Object ? all : {};
}

/** @param {(all: Record<string, any>) => void} change */
export function keep(change) {
  const all = kept();
  change(all);
  for (const part in all) if (!Object.keys(all[part] ?? "").length) delete all[part];
  memory = all;
  try {
    Object.keys(all)[0] ? localStorage.setItem(ENTRY, JSON.stringify(all)) : localStorage.removeItem(ENTRY);
  } catch { /* memory has it until the page goes */ }
}

/** Put one value into a part; undefined takes it out. */
export function put(part, id, value) {
  keep((all) => { all[part] = JSON.parse(JSON.stringify({ ...all[part], [id]: value })); });
}

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
/** 128 bits of chance. */
export const chance = () => hex(crypto.getRandomValues(new Uint8Array(16)));

/** Remember where one contributed, for one's own list. The first contribution makes the device key. */
export function contribute(id, title, hash) {
  keep((all) => { all.key ??= chance(); });
  put("places", id, [title.trim(), location.pathname + hash]);
}

/**
 * Ask the function; whatever is not a plain question carries the device key. `once` is the idempotency key, `fresh`
 * looks past the browser's own copy. Throws `{ code, wait }`: a stable code, `unreachable` for silence, and seconds.
 * @param {string} path below the endpoint
 * @param {{ method?: string, body?: object, once?: string, fresh?: boolean }} [how]
 */
export async function ask(path, { method = "GET", body, once, fresh } = {}) {
  const headers = {};
  if (method !== "GET") headers["Gatherwell-Key"] = kept().key;
  if (body) headers["Content-Type"] = "application/json";
  if (once) headers["Idempotency-Key"] = once;
  const answer = await fetch(root.dataset.endpoint + path, {
    method, headers, body: JSON.stringify(body), credentials: "omit",
    cache: fresh ? "no-cache" : "default", signal: AbortSignal.timeout(20_000),
  }).catch(() => { throw { code: "unreachable" }; });
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw { code: value.code, wait: value.retry_after };
  return value;
}

/**
 * Post a vote or reaction: its value stands at once under `slot` (part and id), waits out an outage, and goes back to
 * what it was when refused. The event `gw-posted` tells how it went.
 */
export function post(path, body, slot, value) {
  const was = kept()[slot[0]]?.[slot[1]];
  keep((all) => { (all.outbox ??= []).push({ path, body, slot, value, was, once: chance() }); });
  put(...slot, value);
  flush();
}

let flushing = false;
async function flush() {
  if (flushing) return;
  flushing = true;
  for (let one; (one = kept().outbox?.[0]);) {
    const detail = await ask(one.path, { method: "POST", body: one.body, once: one.once })
      .then((answer) => ({ answer }), (refusal) => ({ refusal }));
    const silent = detail.refusal?.code === "unreachable";
    if (!silent && kept().key) {
      keep((all) => { all.outbox = all.outbox?.filter(({ once }) => once !== one.once); });
      const later = kept().outbox?.some(({ slot }) => slot.join() === one.slot.join());
      if (!later) put(...one.slot, detail.refusal ? one.was : one.value);
    }
    dispatchEvent(new CustomEvent("gw-posted", { detail: { ...detail, slot: one.slot } }));
    if (silent) break;
  }
  flushing = false;
}
addEventListener("online", flush);
flush();

export const number = (n) => n.toLocaleString(root.lang);
export const make = (tag, fields, ...inside) => {
  const element = Object.assign(document.createElement(tag), fields);
  element.append(...inside);
  return element;
};

/** An element that starts when near, has its words from the page, and one line that speaks politely. */
export class Widget extends HTMLElement {
  start() {
    if (this.started) return;
    this.started = true;
    // A button's `data-act` names the method it calls.
    this.addEventListener("click", ({ target }) => {
      const button = target.closest("button[data-act]");
      if (button) this[button.dataset.act](button);
    });
    this.begin();
  }

  get unseen() {
    return this.getBoundingClientRect().top > innerHeight;
  }

  /** A word of the element itself, or of its `<template class="words">`, with its `{values}`. */
  word(key, values = {}) {
    const name = `data-${key}`;
    const word = this.getAttribute(name) ?? this.querySelector(".words")?.getAttribute(name) ?? "";
    return word.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }

  /** Of the forms for 0, 1, 2 and more the right one. */
  plural(key, n) {
    return this.word(key).split("|")[Math.min(n, 3)].replace(/\d+/, number(n));
  }

  say(text) {
    this.querySelector(".say").textContent = text;
  }

  sayWhy({ code, wait = 60 }) {
    const [n, unit] = wait < 90 ? [wait, "second"] : [Math.ceil(wait / 60), "minute"];
    const time = new Intl.NumberFormat(root.lang, { style: "unit", unit, unitDisplay: "long" }).format(n);
    this.say(this.word(code, { time }) || this.word("failed"));
  }

  /** The answer, or nothing once its refusal was said. */
  hear(asked) {
    return asked.catch((refusal) => this.sayWhy(refusal));
  }

  /** Whether a button was pressed a second time, after it said what it will do. */
  sure(button) {
    const asked = button.textContent === this.word("sure");
    button.textContent = this.word("sure");
    return asked;
  }

  /** Hear how a posting of one's own went. */
  whenPosted(part, id, act) {
    addEventListener("gw-posted", ({ detail }) => {
      if (detail.slot[0] === part && detail.slot[1].startsWith(id)) act(detail);
    });
  }

  /** Act when another tab has changed what is kept, or when the page comes back. */
  whenChanged(act) {
    addEventListener("storage", ({ key }) => { if (!key || key === ENTRY) act(); });
    addEventListener("pageshow", ({ persisted }) => { if (persisted) act(); });
  }
}
