// The coding of the index's files.

/** Page numbers of a group of postings: differences, in digits of an alphabet of 91 characters. */
function numbers(text, from = 0) {
  const found = [];
  let last = 0;
  let n = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const digit = code - 35 - (code > 92);
    if (digit > 63) n = n * 27 + digit - 63;
    else {
      found.push(last += n * 64 + digit);
      n = 0;
    }
  }
  return found;
}

function decode(postings, into = new Map()) {
  for (const group of postings ? postings.split(" ") : []) {
    const weight = parseInt(group[0], 16);
    for (const page of numbers(group, 1)) into.set(page, weight);
  }
  return into;
}

function name(text) {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  return [a, b].map((part) => (part >>> 0).toString(16).padStart(8, "0")).join("");
}

function bounds(text) {
  let last = "";
  return text.split("\n").map((entry) => (last = last.slice(0, entry.charCodeAt(0) - 48) + entry.slice(1)));
}

const reversed = (word) => [...word].reverse().join("");

/** Whether at most *most* letters are missing, added, changed or swapped between two words. */
function slips(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return false;
  let before = [];
  let row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] !== other[j - 1]));
      if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[other.length] <= most;
}

function parse({ words: list = [], forms: others = [], pairs: sides = [], same = [] }) {
  const shard = { keys: new Map(), forms: new Map(), pairs: new Map(sides), same: new Map(same) };
  const add = (form, key) => shard.forms.set(form, [...shard.forms.get(form) ?? [], key]);
  for (const [form, key] of others) add(form, key);
  for (const [key, forms, postings, size] of list) {
    shard.keys.set(key, { postings, size });
    for (const end of forms?.split(",") ?? []) add(key + end, key);
  }
  return shard;
}
