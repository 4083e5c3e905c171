// Merges a newly served page into the live one: what did not change between two servings is never touched, so that
// scroll, focus, open details, typed words and what the elements made of their places stay as they are.

/** @param {Document} before as served last @param {Document} after as served now @param {Document} live */
export function merge(before, after, live) {
  attributes(before.documentElement, after.documentElement, live.documentElement);
  attributes(before.body, after.body, live.body);
  children(before.head, after.head, live.head);
  children(before.body, after.body, live.body);
}

function attributes(before, after, live) {
  for (const { name, value } of after.attributes) {
    if (before.getAttribute(name) !== value) live.setAttribute(name, value);
  }
  for (const { name } of [...before.attributes]) {
    if (!after.hasAttribute(name)) live.removeAttribute(name);
  }
}

function children(before, after, live) {
  if (before.isEqualNode(after)) return;
  const places = aligned(before, live);
  const matched = matching([...before.childNodes], [...after.childNodes]);
  const kept = new Set(matched.values());
  for (const old of before.childNodes) {
    if (!kept.has(old)) places.get(old)?.remove();
  }
  /** @type {Node | null} */
  let last = null;
  for (const next of after.childNodes) {
    const old = matched.get(next);
    const place = old && places.get(old);
    if (place && place.parentNode === live) {
      last = revised(old, next, place);
    } else if (!old || !place) {
      // What a script took away stays away, unless its words have changed.
      if (old && old.isEqualNode(next)) continue;
      last = inserted(next, live, last);
    }
  }
}

/** One node that is there in both servings. */
function revised(before, after, live) {
  if (before.isEqualNode(after)) return live;
  if (!(before instanceof Element)) {
    live.data = after.data;
    return live;
  }
  if (before.localName === "link" && before.rel === "stylesheet") return restyled(after, live);
  if (before.localName.includes("-") && !live.isEqualNode(before)) return renewed(after, live);
  attributes(before, after, live);
  children(before, after, live);
  return live;
}

/** The new sheet first, then away with the old one: no moment without style. */
function restyled(after, live) {
  const sheet = document.importNode(after, true);
  sheet.onload = sheet.onerror = () => live.remove();
  live.after(sheet);
  return sheet;
}

/** An element that rewrote its place begins again with the new one. */
function renewed(after, live) {
  const fresh = document.importNode(after, true);
  live.replaceWith(fresh);
  fresh.start?.();
  return fresh;
}

function inserted(next, live, last) {
  const fresh = document.importNode(next, true);
  if (last) last.after(fresh);
  else live.prepend(fresh);
  return fresh;
}

/** Live nodes by the served nodes they came from; nodes that scripts put in belong to none. */
function aligned(before, live) {
  const places = new Map();
  const rest = [...live.childNodes];
  for (const old of before.childNodes) {
    const equal = rest.findIndex((node) => node.isEqualNode(old));
    const alike = rest.findIndex((node) => kind(node) === kind(old));
    // An id says more than equal content does.
    const index = equal < 0 || (old instanceof Element && old.id) ? alike : equal;
    if (index < 0) continue;
    places.set(old, rest[index]);
    rest.splice(0, index + 1);
  }
  return places;
}

/** @returns {Map<Node, Node>} from each new node to the old one that it revises */
function matching(before, after) {
  const found = new Map();
  let start = 0;
  while (start < before.length && start < after.length && before[start].isEqualNode(after[start])) {
    found.set(after[start], before[start]);
    start += 1;
  }
  let end = 0;
  while (
    end < before.length - start && end < after.length - start && before.at(-1 - end).isEqualNode(after.at(-1 - end))
  ) {
    found.set(after.at(-1 - end), before.at(-1 - end));
    end += 1;
  }
  const olds = before.slice(start, before.length - end);
  const news = after.slice(start, after.length - end);
  between(olds, news, found);
  return found;
}

/** The longest common run of equal nodes anchors the rest; between anchors, nodes of one kind revise each other. */
function between(olds, news, found) {
  const anchors = olds.length * news.length > 250_000 ? [] : common(olds.map(text), news.map(text));
  let from = 0, begin = 0;
  for (const [at, to] of [...anchors, [olds.length, news.length]]) {
    let next = from;
    for (const node of news.slice(begin, to)) {
      const index = olds.findIndex((old, i) => i >= next && i < at && kind(old) === kind(node));
      if (index < 0) continue;
      found.set(node, olds[index]);
      next = index + 1;
    }
    if (at < olds.length) found.set(news[to], olds[at]);
    [from, begin] = [at + 1, to + 1];
  }
}

function common(a, b) {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i][j] = a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

const text = (node) => (node instanceof Element ? node.outerHTML : `${node.nodeType} ${node.data}`);
const kind = (node) => (node instanceof Element ? `${node.localName}${node.id && `#${node.id}`}` : `${node.nodeType}`);
