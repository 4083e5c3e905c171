// From what was typed to pages.

const KINDS = ["type", "topic", "stage"];

/** The kinds by which *filters* choose. */
const chosen = (filters) => KINDS.filter((kind) => filters[kind]?.[0]);

/** One index: of one language on one host. */
export class Index extends Files {
  /** What one typed word means: keys with a factor, and the forms by which it is marked. */
  async meaning(word, open) {
    const keys = new Map();
    const forms = new Set([word]);
    const exact = await this.keys(word);
    for (const key of exact) keys.set(key, 1);
    const unspaced = HAS_UNSPACED.test(word);
    // In a script without blanks one character begins pairs, and a pair begins nothing.
    if (unspaced ? !/../u.test(word) : open || !exact[0]) {
      for (const [form, own] of (await this.beginning(word)).sort(([one], [other]) => one.length - other.length)) {
        for (const key of own) {
          if (keys.size > (unspaced ? 39 : 11) && !keys.has(key)) continue;
          forms.add(form);
          if (!keys.has(key)) keys.set(key, exact[0] ? .5 : .8);
        }
      }
    }
    const add = (form, own) => {
      forms.add(form);
      for (const key of own) keys.set(key, .7);
    };
    let near = [];
    for (let most = 1; most < 3 && !keys.size; most += 1) {
      near = await this.near(word, most);
      for (const form of near) add(form, await this.keys(form));
      // An ending that no page has: "exercising" for "exercise".
      for (let length = word.length - 1; !keys.size && length > 4 && length > word.length - 4; length -= 1) {
        for (const [form, own] of await this.beginning(word.slice(0, length))) if (form.length < word.length + 2) add(form, own);
      }
    }
    return { keys, forms, near, main: [...keys.keys()][0] };
  }

  /** The pages of a key with their weights, and about how many there are. */
  async postings(key, whole) {
    const shard = await this.shard(key);
    const entry = shard.keys.get(key);
    if (!entry) return { pages: new Map(), size: 0 };
    const pages = decode(entry.postings);
    if (!entry.size) return { pages, size: pages.size };
    if (whole) decode((await this.rest(key))?.postings, pages);
    else this.more = true;
    return { pages, size: Math.max(pages.size, Math.round(2 ** (entry.size / 4))) };
  }

  /** Pages that have one of *keys* (Map of factors), with what it counts for. */
  async either(keys, whole) {
    const found = await Promise.all([...keys].map(async ([key, factor]) => [await this.postings(key, whole), factor]));
    const total = found.reduce((sum, [{ size }]) => sum + size, 0);
    const rarity = Math.log2(1 + this.pages / Math.max(1, total));
    const pages = new Map();
    for (const [{ pages: some }, factor] of found) {
      for (const [page, weight] of some) pages.set(page, Math.max(pages.get(page) ?? 0, factor * (weight + 2)));
    }
    return { pages, rarity };
  }

  /** Pages that have all of *lists* of keys. */
  async all(lists, whole) {
    const found = await Promise.all(lists.map((keys) => this.either(keys, whole)));
    const pages = new Map();
    for (const page of found[0]?.pages.keys() ?? []) {
      if (found.some((one) => !one.pages.has(page))) continue;
      const weight = found.reduce((sum, one) => sum + one.pages.get(page) * one.rarity, 0);
      pages.set(page, weight / found.length);
    }
    return { pages, rarity: Math.max(0, ...found.map((one) => one.rarity)) };
  }

  /** What is typed, as groups; each may be met in several ways, each way asks for all of its words. */
  async groups(query, open) {
    const units = chunks(query).slice(0, 40).map((chunk) => read(chunk, this.rules)).filter((unit) => unit.words[0]);
    const kept = units.filter((unit) => unit.words.some((word) => !this.stop.has(word)));
    const asked = (kept[0] ? kept : units).slice(0, 12);
    return Promise.all(asked.map(async ({ words: list, joined }, at) => {
      const last = open && at === asked.length - 1;
      const meanings = await Promise.all(list.map((word) => this.meaning(word, last)));
      const ways = [meanings.map(({ keys }) => keys)];
      const whole = joined ? await this.keys(joined) : [];
      if (whole[0]) ways.push([new Map(whole.map((key) => [key, 1]))]);
      return { ways, text: list.join(" "), main: meanings.map(({ main }) => main), near: meanings.flatMap(({ near }) => near),
        forms: [joined, ...meanings.flatMap(({ forms }) => [...forms])] };
    }));
  }

  /** Adds to neighbouring groups the phrases that mean the same: together they are one group then. */
  async widen(groups) {
    for (let from = 0; from < groups.length; from += 1) {
      for (let length = Math.min(4, groups.length - from); length > 0; length -= 1) {
        const span = groups.slice(from, from + length);
        const phrase = span.flatMap(({ main }) => main).join(" ");
        const same = phrase && (await this.shard(phrase)).same.get(phrase);
        if (!same) continue;
        const own = (field) => span.flatMap((one) => [...one[field]]);
        const ways = same.slice(0, 6).map((other) => other.split(" ").map((key) => new Map([[key, .9]])));
        ways.unshift(span.flatMap((one) => one.ways[0]));
        groups.splice(from, length, { ways, same, main: own("main"), near: own("near"), forms: own("forms"), text: own("text").join("") });
        break;
      }
    }
    return groups;
  }

  /** Whether a page passes *filters*: a condition, and lists of values of the other kinds, one of which it must have. */
  async filter(filters) {
    const { guests } = await this.open();
    const tests = [];
    if (filters.condition) {
      const [from, to] = this.tables.get(filters.condition) ?? [0, 0];
      const others = guests && (await this.values("condition")).get(filters.condition);
      tests.push((page) => (page >= from && page < to) || others && others.has(page));
    }
    for (const kind of chosen(filters)) {
      const values = await this.values(kind);
      tests.push((page) => filters[kind].some((value) => values.get(value)?.has(page)));
    }
    return (page) => tests.every((test) => test(page));
  }

  /**
   * Pages for what was typed, the best first: `{ pages, full, groups, hidden }`. *full* is how many hold all words,
   * *hidden* how many the filters leave out. *open* means that the last word may go on. *whole* reads all lists.
   */
  async find(query, { filters = {}, open = false, whole = false } = {}) {
    const directory = await this.open();
    this.pages = directory.pages;
    this.more = false;
    const fits = await this.filter(filters);
    const groups = await this.widen(await this.groups(query, open));
    if (!groups[0]) return { groups, full: 0, hidden: 0, more: false, pages: await this.listed(fits, chosen(filters)[0]) };
    const needed = whole || groups.length > 1 || chosen(filters).length > 0;
    const scores = new Map();
    let total = 0;
    await Promise.all(groups.map(async (group) => {
      const ways = await Promise.all(group.ways.map((way) => this.all(way, needed)));
      const rarity = Math.max(...ways.map((way) => way.rarity)) || Math.log2(1 + this.pages);
      total += rarity;
      const best = new Map();
      for (const { pages } of ways) for (const [page, weight] of pages) best.set(page, Math.max(best.get(page) ?? 0, weight));
      for (const [page, weight] of best) {
        const one = scores.get(page) ?? { weight: 0, met: 0, covered: 0 };
        scores.set(page, { weight: one.weight + weight, met: one.met + 1, covered: one.covered + rarity });
      }
    }));
    await this.side(groups, scores, needed);
    return this.ranked(groups, scores, total, fits);
  }

  /** Words that stand side by side in a title or heading count once more. */
  async side(groups, scores, whole) {
    const main = groups.flatMap(({ main: keys }) => keys).slice(0, 8);
    const together = main.slice(1).map((key, at) => [main[at], key]).filter(([one, other]) => one && other);
    await Promise.all(together.map(async (two) => {
      const pair = two.sort((one, other) => (one < other ? -1 : 1)).join(" ");
      const places = await Promise.all(two.flatMap((key) => [this.shard(key), whole && this.lies(key)]));
      const pages = decode(places.map((one) => one?.pairs?.get(pair)).find(Boolean));
      const rarity = Math.log2(1 + this.pages / Math.max(1, pages.size));
      for (const [page, weight] of pages) if (scores.has(page)) scores.get(page).weight += weight * rarity;
    }));
  }

  /** The rest of a key that has one. */
  async lies(key) {
    return (await this.shard(key)).keys.get(key)?.size && this.rest(key);
  }

  ranked(groups, scores, total, fits) {
    const all = [...scores].map(([page, { weight, met, covered }]) => ({ page, full: met === groups.length, part: covered / total,
      score: weight * (covered / total) ** 2 }));
    const full = all.filter((one) => one.full);
    const shown = full.length > 3 ? full : all.filter((one) => one.full || one.part >= .4);
    const kept = shown.filter(({ page }) => fits(page)).sort((one, other) => other.score - one.score || one.page - other.page);
    return { groups, pages: kept.map(({ page }) => page), full: kept.filter((one) => one.full).length,
      hidden: shown.length - kept.length, more: this.more };
  }

  /** All pages that the filters let through, where no word was typed and one filters by *kind*. */
  async listed(fits, kind) {
    const pages = kind ? [...(await this.values(kind)).values()].flatMap((some) => [...some]).filter(fits) : [];
    return [...new Set(pages)].sort((one, other) => one - other);
  }

  /** How many of *pages* have each value of each filter: Maps by the filter's name. */
  async counts(pages) {
    const found = new Map();
    for (const kind of [...KINDS, "condition"]) {
      const counts = new Map();
      const own = kind === "condition" && !(await this.open()).guests ? new Map() : await this.values(kind);
      for (const [value, some] of own) counts.set(value, pages.filter((page) => some.has(page)).length);
      if (kind === "condition") {
        for (const [id, [from, to]] of this.tables) {
          counts.set(id, (counts.get(id) ?? 0) + pages.filter((page) => page >= from && page < to).length);
        }
      }
      found.set(kind, counts);
    }
    return found;
  }
}
