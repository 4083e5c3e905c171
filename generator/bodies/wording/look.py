"""Looks for what the rules name in a text whose code, comments and addresses are masked, so that places stay true."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.bodies.wording.allowed import allowed_in
from generator.bodies.wording.links import link_hits
from generator.bodies.wording.reading import reading_of
from generator.bodies.wording.rule import CompiledPhrase, WordRule
from generator.bodies.wording.rules import WORD_RULES
from generator.bodies.wording.tokens import tokens_of
from generator.ground.model import Hit, Wording
from generator.ground.text import in_latin_letters

# What readers do not read as words, each with a sign without which it is not there: fenced and inline code; comments;
# targets, references, definitions, attributes, addresses.
_CODE = (
    ("```", re.compile(r"^(`{3,})(?!`)[^`\n]*\n.*?(?:^\1`*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)),
    ("~~~", re.compile(r"^(~{3,})(?!~)[^\n]*\n.*?(?:^\1~*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)),
    ("`", re.compile(r"(`{1,3})(?!`)[^`]{1,400}\1(?!`)")),
)
_COMMENTS = (("-->", re.compile(r"<!--.{0,2000}?-->", re.DOTALL)),)
_UNREAD = (
    ("](", re.compile(r"\]\([^()\n]{0,2000}(?:\([^()\n]*\)[^()\n]*)?\)")),
    ("[^", re.compile(r"\[\^[^\]\[\n]{1,200}\]")),
    ("]:", re.compile(r"\[(?<=^\[)[^\]\n]+\]:[^\n]*$", re.MULTILINE)),
    ("{", re.compile(r"\{(?:[.#]|[a-z]+=)[^{}\n]{0,400}\}")),
    ("://", re.compile(r"https?://[^\s)>\]]+")),
)
_MARKUP = "*_[]#>|~"
_NOT_NEWLINE = re.compile(r"[^\n]")
_BEFORE = 60
# Around a word that a phrase must have, so many characters are looked at: no phrase is longer.
_AROUND = 300
_OPENING, _CLOSING = "\"'“‘«„", "\"'”’»“"


def wording_of(text: str, language: str) -> Wording:
    """The wording of a body's text; lines and columns count from 1."""
    without_code = _masked(text, _CODE)
    shown = _masked(without_code, _COMMENTS)
    masked = in_latin_letters(_masked(shown, _UNREAD))
    starts = _line_starts(text)
    tokens = tokens_of(masked)
    hits = [*_hits(masked, tokens, language), *link_hits(shown)]
    placed = tuple(
        Hit(rule, found, *_place(starts, at), key)
        for rule, found, at, key in sorted(hits, key=lambda hit: hit[2])
    )
    return Wording(placed, allowed_in(without_code, starts), reading_of(masked, tokens, language))


def _masked(text: str, unread: Sequence[tuple[str, re.Pattern[str]]]) -> str:
    """*text* with blanks for what is not read as words; every other character keeps its place."""
    for sign, pattern in unread:
        if sign in text:
            text = pattern.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return _NOT_NEWLINE.sub(" ", match[0])


def _without(text: str, characters: str) -> str:
    """*text* with blanks for some characters: faster than ``str.translate`` on texts beyond ASCII."""
    for character in characters:
        if character in text:
            text = text.replace(character, " ")
    return text


def hits_in(text: str, language: str) -> list[tuple[str, str, int, str]]:
    """What the rules of *language* find in masked *text*: rule, words as written, offset, key."""
    text = in_latin_letters(text)
    return _hits(text, tokens_of(text), language)


def _hits(text: str, tokens: Counter[bytes], language: str) -> list[tuple[str, str, int, str]]:
    index = _index_of(language.partition("-")[0])
    signs = index.signs.intersection(tokens)
    if not signs and not index.others:
        return []
    plain = _without(text, _MARKUP)
    wanted: dict[int, list[str]] = {}
    for sign in signs:
        for at in index.by_word[sign]:
            wanted.setdefault(at, []).append(sign.decode())
    words = tokens.keys()
    tried = sorted(item for item in wanted.items() if index.phrases[item[0]][1].fits(words, plain))
    lowered = plain.lower() if tried else ""
    found = [
        hit
        for at, near in tried
        for start, end in _windows(plain, lowered, near, index.phrases[at][1])
        for hit in _matches(*index.phrases[at], plain, text, start, end)
    ]
    for at, phrase in index.others:
        if at not in wanted and _may_match(phrase, plain):
            found += _matches(*index.phrases[at], plain, text, 0, len(plain))
    return found


def _windows(text: str, lowered: str, words: Sequence[str], phrase: CompiledPhrase) -> list[tuple[int, int]]:
    """The parts of *text* around *words*, which a *phrase* that has one of them cannot reach beyond."""
    if len(lowered) != len(text):
        return [(0, len(text))]  # a capital whose small letters are two: places would not be true
    places = sorted(at for word in words for at in _places(lowered, word))
    windows: list[tuple[int, int]] = []
    for at in places:
        start, end = max(0, at - _AROUND), min(len(text), at + _AROUND)
        if windows and start <= windows[-1][1]:
            windows[-1] = windows[-1][0], end
        else:
            windows.append((start, end))
    return [(start, end) for start, end in windows if phrase.is_near(lowered[start:end])]


def _places(text: str, word: str) -> Iterator[int]:
    """Where *word* stands and is no part of a longer one."""
    at, length = text.find(word), len(word)
    while at >= 0:
        if not (text[at - 1 : at].isalpha() or text[at + length : at + length + 1].isalpha()):
            yield at
        at = text.find(word, at + length)


class _Index(NamedTuple):
    """The phrases of a language with their rules, by the words of which a text must have one; *others* ask for none."""

    phrases: tuple[tuple[WordRule, CompiledPhrase], ...]
    by_word: Mapping[bytes, Sequence[int]]
    signs: frozenset[bytes]
    others: tuple[tuple[int, CompiledPhrase], ...]


@functools.lru_cache(maxsize=64)
def _index_of(language: str) -> _Index:
    phrases = [
        (rule, phrase)
        for rule in WORD_RULES
        for name in (language, "")
        for phrase in rule.compiled.get(name, ())
    ]
    by_word: dict[bytes, list[int]] = {}
    for at, (_, phrase) in enumerate(phrases):
        for word in phrase.words:
            by_word.setdefault(word.encode(), []).append(at)
    others = ((at, phrase) for at, (_, phrase) in enumerate(phrases) if phrase.marks or not phrase.words)
    return _Index(tuple(phrases), by_word, frozenset(by_word), tuple(others))


def _may_match(phrase: CompiledPhrase, text: str) -> bool:
    """Whether a text has one of the marks of a phrase, if it has any."""
    return not phrase.marks or any(mark in text for mark in phrase.marks)


def _matches(
    rule: WordRule, phrase: CompiledPhrase, plain: str, text: str, first: int, last: int
) -> Iterator[tuple[str, str, int, str]]:
    for match in phrase.pattern.finditer(plain, first, last):
        start, end = match.span()
        if phrase.denied and phrase.denied.search(plain, max(0, start - _BEFORE), start):
            continue
        if not rule.mentions and _is_quoted(plain, start, end):
            continue
        yield rule.code, " ".join(text[start:end].split()), start, phrase.key


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether the words are spoken of and not used: alone between quotation marks."""
    return text[start - 1 : start] in tuple(_OPENING) and text[end : end + 1] in tuple(_CLOSING)


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _place(starts: list[int], at: int) -> tuple[int, int]:
    line = bisect_right(starts, at)
    return line, at - starts[line - 1] + 1
