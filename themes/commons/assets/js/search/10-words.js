// From text to words, as the build reads them. docs/decisions/0022-an-index-of-our-own.md is the format of the index.

const hex = (ranges) => ranges.replace(/[^ -]+/g, "\\u{$&}").replaceAll(" ", "");
const SEPARATORS = hex("0-26 28-2B 2F 3A-40 5B-5F 7B-A9 AB-AC AE-B1 B6-B8 BB BF D7 F7 589-58A 5BE 5C0 5C3 5C6 5F3-5F4 60C "
  + "61B-61F 66A-66D 6D4 964-965 E2F E4F E5A-E5B 104A-104F 10FB 1361-1368 17D4-17DA 1680 2000-200B 200E-200F 2012-2018 "
  + "201A-205F 2061-2064 2066-206F 207A-207E 208A-208E 20A0-20CF 2120 2122 2190-24FF 2500-2BFF 2E00-2E7F 3000-3004 "
  + "3007-3020 3030 303D-303F 30A0 30FB A92E E000-F8FF FE10-FE19 FE30-FE6F FF01-FF0F FF1A-FF20 FF3B-FF40 FF5B-FF65 "
  + "FFE0-FFFF 1F000-1FAFF");
const JOINERS = "'’ʼ`´\\-‐‑.,";
const IN_WORD = `[^${SEPARATORS}${JOINERS}]`;
const CHUNK = new RegExp(`${IN_WORD}+(?:[${JOINERS}]${IN_WORD}+)*`, "gu");
const WORD = new RegExp(`[0-9]+(?:[.,][0-9]+)*|[^0-9${SEPARATORS}${JOINERS}]${IN_WORD}*`, "gu");
const HYPHENED = new RegExp(`^${IN_WORD}+(?:-${IN_WORD}+){1,2}$`, "u");
const POSSESSIVE = new RegExp(`'s(?!${IN_WORD})`, "gu");
const UNSEEN = /[\u00AD\u200C\u200D\u2060\uFEFF]/g;
const MARKS = /[\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u064B-\u065F\u0670]/g;
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ħ: "h", ı: "i", ς: "σ" };
const GREEK = "αβγδεζηθικλμνξοπρστυφχψω";
const GREEK_NAMES = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega"
  .split(" ");
const UNSPACED = hex("E00-EFF 1000-109F 1780-17FF 3040-30FF 3400-4DBF 4E00-9FFF 20000-3FFFF");
const RUNS = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");

function fold(chunk, elide, greek) {
  let text = chunk.toLowerCase().replace(UNSEEN, "").normalize("NFKD").toLowerCase().replace(MARKS, "");
  text = text.replace(/[ßæœøđðþłħıς]/g, (sign) => PLAIN[sign]).normalize("NFC");
  text = text.replace(/['’ʼ`´]/g, "'").replace(/[‐‑]/g, "-");
  if (!greek) {
    text = text.replace(/[\u0370-\u03FF]+/g, (run, at) => {
      if (run === "μ" && /^.[a-z]/.test(text.slice(at))) return "u";
      const name = GREEK_NAMES[run.length < 2 ? GREEK.indexOf(run) : -1];
      return name ? ` ${name} ` : run;
    });
  }
  return elide ? text.replaceAll("'", " ") : text.replace(POSSESSIVE, "").replaceAll("'", "");
}

function pairs(word) {
  if (!HAS_UNSPACED.test(word)) return [word];
  return word.match(RUNS).flatMap((run) => {
    const signs = [...run];
    return HAS_UNSPACED.test(run) && signs[1] ? signs.slice(1).map((sign, at) => signs[at] + sign) : [run];
  });
}

/** The words of one chunk of text, and the one that they make without their hyphens, or "". */
function read(chunk, { elide, greek }) {
  const text = fold(chunk, elide, greek);
  const found = (text.match(WORD) ?? []).flatMap((word) => pairs(word.replaceAll(",", ".")));
  const joined = HYPHENED.test(text) && !HAS_UNSPACED.test(text) ? text.replaceAll("-", "").slice(0, 40) : "";
  return { words: found.map((word) => (word === "mcg" ? "ug" : word.slice(0, 40))), joined };
}

const chunks = (text) => text.normalize("NFC").match(CHUNK) ?? [];

/** All words of *text* in order, as the index has them. */
export function words(text, rules = {}) {
  return chunks(text).flatMap((chunk) => {
    const { words: found, joined } = read(chunk, rules);
    return joined ? [...found, joined] : found;
  });
}
