// What is shown of a page that was found: the stretch of text that holds most of the words, with these marked.

const LENGTH = 180;
const folded = new Map();

/** Whether a chunk of text holds one of *forms*. */
function holds(chunk, forms, rules) {
  let found = folded.get(chunk);
  if (!found) folded.set(chunk, found = words(chunk, rules));
  return found.find((word) => forms.has(word));
}

/** Where *text* holds one of *forms*: start, end and form, in order. */
function marks(text, forms, rules) {
  const found = [];
  for (const { 0: chunk, index } of text.matchAll(CHUNK)) {
    if (!HAS_UNSPACED.test(chunk)) {
      const form = holds(chunk, forms, rules);
      if (form) found.push([index, index + chunk.length, form]);
      continue;
    }
    for (let at = 0; at < chunk.length; at += 1) {
      const form = [1, 2, 4].map((length) => chunk.slice(at, at + length)).find((some) => forms.has(some));
      const last = found.at(-1);
      if (!form) continue;
      if (last && last[1] >= index + at) last[1] = index + at + form.length;
      else found.push([index + at, index + at + form.length, form]);
    }
  }
  return found;
}

/** The mark at which the window with most of the different forms begins, or undefined. */
function densest(found) {
  let best;
  let most = 0;
  found.forEach((first, from) => {
    const seen = new Set();
    for (let at = from; at < found.length && found[at][1] - first[0] < LENGTH; at += 1) seen.add(found[at][2]);
    if (seen.size > most) [best, most] = [first, seen.size];
  });
  return best && { at: best[0], most };
}

function cut(text, at) {
  let from = Math.max(0, at - 60);
  if (from) from = text.indexOf(" ", from) + 1 || from;
  if (from > at) from = at;
  let to = Math.min(text.length, from + LENGTH);
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + LENGTH / 2);
  return [from, to];
}

/** `{ text, found, links }` of a piece for *forms*, or undefined where it holds none of them. */
function excerpt(piece, forms, rules) {
  const parts = [["", "", piece.summary ?? ""], ...piece.parts ?? []];
  const seen = parts.map(([anchor, heading, text]) => {
    const found = marks(text, forms, rules);
    return { anchor, heading, text, found, best: densest(found), headed: Boolean(heading && marks(heading, forms, rules)[0]) };
  });
  const score = ({ best, headed }) => (best?.most ?? 0) + headed / 2;
  const [first] = [...seen].sort((one, other) => score(other) - score(one));
  const elsewhere = [piece.title, piece.also ?? "", piece.means ?? ""].some((text) => marks(text, forms, rules)[0]);
  const shown = first.best ? first : seen.find(({ text }) => text) ?? first;
  const [from, to] = cut(shown.text, first.best?.at ?? 0);
  return {
    held: elsewhere || seen.some(({ best, headed }) => best || headed),
    text: (from ? "… " : "") + shown.text.slice(from, to) + (to < shown.text.length ? " …" : ""),
    links: seen.filter((part) => part.anchor && score(part)).sort((one, other) => score(other) - score(one)).slice(0, 2),
  };
}

/**
 * How exactly a piece says *query*: 3 where its title does, 2 where a heading does, word for word; in a script without
 * blanks 1 where it holds the query as it was typed.
 */
export function exact({ title, parts = [] }, query, forms, rules) {
  const plain = (text) => words(text, rules).map((word) => forms.has(word) || word).join();
  const typed = plain(query);
  return plain(title) === typed ? 3 : parts.some((part) => plain(part[1]) === typed) ? 2
    : HAS_UNSPACED.test(query) && parts.some((part) => part[2].includes(query));
}
