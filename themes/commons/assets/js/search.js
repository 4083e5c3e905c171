// Search on this device. What is typed never leaves it: it is not sent, and no address ever holds it.
// The index loads when the form is first used; until then the page weighs what its HTML weighs.
const box = document.getElementById("search");
const form = box.querySelector("form");
const input = form.elements.q;
const status = box.querySelector("[data-status]");
const list = box.querySelector("[data-results]");
const help = box.querySelector("[data-help]");
const more = box.querySelector("[data-more]");
const step = 10;
const number = new Intl.NumberFormat(document.documentElement.lang);
let loading;
let found = [];
let turn = 0;
let timer;

function engine() {
  loading ??= import(box.dataset.index + "pagefind.js").then(async (pagefind) => {
    await pagefind.options({ ranking: { metaWeights: { title: 6, also: 1.5, type: 0, condition: 0 } } });
    await pagefind.init();
    return pagefind;
  });
  return loading;
}

function filters() {
  const chosen = {};
  const types = [...form.querySelectorAll("[name=type]:checked")].map((choice) => choice.value);
  if (types.length) chosen.type = { any: types };
  for (const name of ["condition", "topic"]) {
    if (form.elements[name]?.value) chosen[name] = form.elements[name].value;
  }
  return chosen;
}

function say(key, count) {
  status.textContent = (status.dataset[key] ?? "").replace("#", number.format(count ?? 0));
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function link(url, text) {
  const made = element("a", text);
  made.href = url;
  return made;
}

// An excerpt comes as HTML with <mark>; only its text is taken, the words that match in bold.
function excerpt(markup) {
  const made = element("p", "", "search-excerpt");
  for (const node of new DOMParser().parseFromString(markup, "text/html").body.childNodes) {
    made.append(node.nodeName === "MARK" ? element("b", node.textContent) : node.textContent);
  }
  return made;
}

function item(page) {
  const made = element("li");
  const title = element("h2", "", "search-title");
  title.append(link(page.url, page.meta.title));
  const label = form.querySelector("[value=\"" + page.meta.type + "\"]")?.parentElement.textContent.trim();
  made.append(title, element("p", [label, page.meta.condition].filter(Boolean).join(" · "), "eyebrow"));
  made.append(excerpt(page.excerpt));
  const parts = page.sub_results.filter((part) => part.url !== page.url).slice(0, 2);
  if (parts.length) {
    const line = element("p", "", "small");
    parts.forEach((part, index) => line.append(index ? " · " : "", link(part.url, part.title)));
    made.append(line);
  }
  return made;
}

async function show(mine, count) {
  const from = list.childElementCount;
  const pages = await Promise.all(found.slice(from, from + count).map((result) => result.data()));
  if (mine !== turn) return;
  list.append(...pages.map(item));
  more.hidden = list.childElementCount >= found.length;
  remember();
  if (from) list.children[from]?.querySelector("a").focus();
}

// The entry of this page in the tab's history: coming back from a result finds the results again.
function remember() {
  const types = filters().type?.any ?? [];
  const { condition, topic } = form.elements;
  history.replaceState({ q: input.value, types, condition: condition?.value, topic: topic?.value, shown: list.childElementCount }, "");
}

function suggest(text, action) {
  const button = element("button", text, "button");
  button.type = "button";
  button.addEventListener("click", () => {
    action();
    input.focus();
    run();
  });
  help.append(button, " ");
}

function clearFilters() {
  for (const choice of form.querySelectorAll("[name=type]")) choice.checked = false;
  for (const choice of form.querySelectorAll("select")) choice.value = "";
}

// Nothing found: say what would be found without the filters, or by each word alone.
async function explain(pagefind, term, elsewhere, mine) {
  if (elsewhere) suggest(help.dataset.all.replace("#", number.format(elsewhere)), clearFilters);
  const words = [...new Set(term.split(/\s+/))].filter((word) => word.length > 2);
  for (const word of words.length > 1 ? words.slice(0, 5) : []) {
    const count = (await pagefind.search(word, { filters: filters() })).results.length;
    if (mine !== turn) return;
    if (count) suggest(word + " (" + number.format(count) + ")", () => { input.value = word; });
  }
}

async function run(shown = step) {
  const mine = ++turn;
  const term = input.value.trim();
  const chosen = filters();
  found = [];
  more.hidden = true;
  if (!term && !chosen.type && !chosen.topic) {
    list.replaceChildren();
    help.replaceChildren();
    status.textContent = "";
    remember();
    return;
  }
  try {
    const pagefind = await engine();
    const answer = await pagefind.search(term || null, { filters: chosen });
    if (mine !== turn) return;
    found = answer.results;
    list.replaceChildren();
    help.replaceChildren();
    say(["none", "one"][found.length] ?? "other", found.length);
    await (found.length ? show(mine, shown) : explain(pagefind, term, answer.unfilteredResultCount, mine));
    remember();
  } catch {
    if (mine === turn) say("unavailable");
    loading = undefined;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  run();
});
form.addEventListener("focusin", () => engine().catch(() => { loading = undefined; }), { once: true });
form.addEventListener("input", () => {
  remember();
  clearTimeout(timer);
  timer = setTimeout(run, 200);
});
more.addEventListener("click", () => show(turn, step));

box.addEventListener("keydown", (event) => {
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!move || !(event.target === input || list.contains(event.target))) return;
  const stops = [input, ...list.querySelectorAll(".search-title a")];
  const at = stops.indexOf(event.target.closest(".search-results li")?.querySelector(".search-title a") ?? input);
  const next = stops[at + move];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

// The other languages have an index each; the words go along behind the #, which no server sees.
for (const other of document.querySelectorAll(".languages a")) {
  other.addEventListener("click", () => {
    other.hash = input.value ? "q=" + encodeURIComponent(input.value) : "";
  });
}

const before = history.state;
if (location.hash.startsWith("#q=")) {
  input.value = decodeURIComponent(location.hash.slice(3));
  history.replaceState(null, "", location.pathname);
} else if (before?.q !== undefined) {
  input.value = before.q;
  for (const name of ["condition", "topic"]) if (form.elements[name]) form.elements[name].value = before[name] ?? "";
  for (const choice of form.querySelectorAll("[name=type]")) choice.checked = before.types.includes(choice.value);
}
box.querySelector("details").open = Boolean(filters().type || filters().topic);
if (input.value || before?.types?.length || before?.topic) run(Math.max(step, before?.shown ?? 0));
