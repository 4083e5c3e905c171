// The index's files of one language on one host, and what stands in them.

/** The place of *text* among the lower bounds of *all* files. */
const place = (all, text) => all.findLastIndex((bound) => bound <= text);

/** `missing` tells whether a file could not be had, `outdated` that the page is older than the index. */
class Files {
  constructor(base, language = "en") {
    this.base = base;
    this.greek = language.startsWith("el");
    this.files = new Map();
  }

  /** A file as it is answered: whatever else a server says instead is no JSON, or has another stamp or format. */
  async fetch(path, cache) {
    return (await fetch(this.base + path, { cache })).json();
  }

  /** The directory. Where it cannot be had, whoever asked makes another object before asking again. */
  open() {
    this.directory ??= this.fetch("directory.json", "no-cache").then((directory) => {
      if (directory.format !== 1) throw new Error("format");
      let start = 0;
      this.tables = new Map(directory.tables.map(([id, size]) => [id, [start, start += size]]));
      this.stop = new Set(directory.stop.split(" "));
      this.words = bounds(directory.words);
      this.ends = bounds(directory.ends);
      this.rules = { elide: directory.elide, greek: this.greek };
      return directory;
    });
    return this.directory;
  }

  /** A file of the index, or undefined where it cannot be had; one of another time is fetched again. */
  file(path, take = (content) => content) {
    if (!this.files.has(path)) this.files.set(path, this.fresh(path).then(take).catch(() => {
      this.files.delete(path);
      this.missing = true;
    }));
    return this.files.get(path);
  }

  async fresh(path) {
    const { stamp } = await this.open();
    for (const cache of ["default", "reload"]) {
      const content = await this.fetch(path, cache);
      if (content.stamp === stamp) return content;
    }
    this.outdated = true;
    throw new Error("stamp");
  }

  async shard(text) {
    const bound = this.words[place(this.words, text)];
    return await this.file(`words/${name(bound)}.json`, parse) ?? parse({});
  }

  rest(key) {
    return this.file(`rests/${name(key)}.json`, ({ postings, pairs: sides = [] }) => ({ postings, pairs: new Map(sides) }));
  }

  piece(number) {
    return this.file(`pages/${number.toString(16)}.json`);
  }

  async values(filter) {
    const content = await this.file(`filters/${filter}.json`);
    return new Map(Object.entries(content?.values ?? {}).map(([value, text]) => [value, new Set(numbers(text))]));
  }

  /** The keys of a written form. It stands with its key, so the shards of its beginnings are looked into as well. */
  async keys(form) {
    let found;
    for (let length = form.length; length && form.length - length < 8 && !found; length -= 1) {
      found = (await this.shard(form.slice(0, length))).forms.get(form);
    }
    return found ?? [];
  }

  /** Forms that begin with *start*, with their keys. */
  async beginning(start) {
    const from = place(this.words, start);
    const to = start.length < 3 && !HAS_UNSPACED.test(start) ? from : Math.min(place(this.words, start + "\uffff"), from + 3);
    const shards = await Promise.all(this.words.slice(from, to + 1).map((bound) => this.shard(bound)));
    return shards.flatMap(({ forms }) => [...forms].filter(([form]) => form.startsWith(start)));
  }

  /** At most four forms that are at most *most* slips from *word*: one where it has five letters or more, two where it has eight. */
  async near(word, most) {
    if (word.length < 2 + 3 * most) return [];
    const back = reversed(word);
    const shards = [word, word.slice(0, 3)].map((start) => this.shard(start));
    const end = this.file(`ends/${name(this.ends[place(this.ends, back)])}.json`);
    const forms = (await Promise.all(shards)).flatMap((shard) => [...shard.forms.keys()]);
    forms.push(...((await end)?.forms ?? []).map(reversed));
    return [...new Set(forms)].filter((form) => slips(word, form, most)).sort().slice(0, 4);
  }
}
