"""``:::poll{#id}``: a question and its answers, which become a poll in the facts and a slot for the theme's form."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import NamedTuple

from markdown_it.token import Token

from generator.bodies.markdown.attributes import Check, is_flag, is_set, one_of, whole_number
from generator.bodies.markdown.directives.form import Call, Directive
from generator.bodies.markdown.findings import Findings
from generator.bodies.markdown.prose import plain_text
from generator.bodies.markdown.writer import BodyWriter
from generator.ground.errors import Position
from generator.ground.model import Poll, PollOption, PollSlot
from generator.ground.text import slugify

FEWEST, MOST = 2, 20
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
_OPTION_KEY = re.compile(r"[ \t]*\{#([^{}]*)\}$")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*)?")
_LISTS = {"bullet_list_open": "bullet_list_close", "ordered_list_open": "ordered_list_close"}


def _is_slug(value: str | None) -> str:
    if value and _KEY.fullmatch(value):
        return ""
    return "must be small letters, digits and hyphens, like {#weather-trigger}"


def _is_moment(value: str | None) -> str:
    try:
        datetime.fromisoformat(value or "")
    except ValueError:
        return "must be a real date, like 2026-12-31, or a date and time, like 2026-12-31T18:00"
    # Python also accepts week dates and dates without hyphens, which the function and the elements do not.
    return "" if _MOMENT.fullmatch(value or "") else "must look like 2026-12-31 or 2026-12-31T18:00"


def _prepare(tokens: list[Token], call: Call, findings: Findings) -> None:
    """Remove the keys from the answers before their text is parsed, and store them in the tokens."""
    for token in tokens[call.start : call.end]:
        if token.type == "inline" and token.content.endswith("}"):
            key = _OPTION_KEY.search(token.content)
            if key:
                token.meta["key"] = key.group(1).strip()
                token.meta["key_place"] = findings.place(token, key.start(1))
                token.content = token.content[: key.start()]


def _write(writer: BodyWriter, call: Call) -> None:
    slug = call.values.get("id", "")
    if "id" not in call.given:
        hint = "write :::poll{#weather-trigger}: votes are counted under the id, so it must never change"
        writer.findings.add("poll", call.place, "a poll needs an id", hint)
    html, text, after = _question(writer, call)
    options = _options(writer, call, after)
    minimum, maximum = _limits(call, len(options), writer.findings)
    if not slug:
        return
    if slug in writer.polls:
        hint = f"the first is on line {writer.polls[slug].line}; give this one another id"
        writer.findings.add("poll", call.place, f"the poll '{slug}' stands here twice", hint)
        return
    writer.anchors.claim(f"poll-{slug}", call.place)
    values = call.values
    writer.polls[slug] = Poll(
        slug=slug,
        question=text,
        question_html=html,
        options=options,
        line=call.place.line,
        multiple=is_set(values, "multiple"),
        minimum=minimum,
        maximum=maximum,
        closes=values.get("closes", ""),
        version=int(values.get("version", "1")),
        results=values.get("results", "always"),
        sensitive=is_set(values, "sensitive"),
    )
    writer.out.append(writer.slot(PollSlot(slug, call.place.line)) + "\n")


class _Question(NamedTuple):
    """A poll's question as HTML and as plain text, and the index of the token after it."""

    html: str
    text: str
    after: int


def _question(writer: BodyWriter, call: Call) -> _Question:
    """The paragraphs before the answers."""
    tokens, at = writer.tokens, call.start
    html: list[str] = []
    text: list[str] = []
    while at < call.end and tokens[at].type == "paragraph_open":
        inline = tokens[at + 1]
        if "key" in inline.meta:
            hint = "begin each answer with a hyphen: - Often {#often}"
            writer.findings.add("poll", inline.meta["key_place"], "only answers have keys", hint)
        written = writer.captured(inline.children or [], inline, "a question")
        html.append(written.html)
        text.append(written.text)
        at += 3
    if not html:
        writer.findings.add(
            "poll", call.place, "this poll asks nothing", "write the question before the answers"
        )
    return _Question("<br>\n".join(html), plain_text("\n".join(text)), at)


def _options(writer: BodyWriter, call: Call, at: int) -> tuple[PollOption, ...]:
    tokens, findings = writer.tokens, writer.findings
    kind = tokens[at].type if at < call.end else ""
    if kind not in _LISTS:
        place = _start(tokens[at]) if kind else call.place
        hint = "write the question, then one list: - Often {#often}"
        findings.add("poll", place, "a poll is a question and a list of answers", hint)
        return ()
    level = tokens[at].level
    options: dict[str, PollOption] = {}
    count = 0
    at += 1
    while not (tokens[at].type == _LISTS[kind] and tokens[at].level == level):
        end = at + 1
        while not (tokens[end].type == "list_item_close" and tokens[end].level == level + 1):
            end += 1
        option = _option(writer, tokens[at : end + 1], options)
        count += 1
        if option:
            options[option.key] = option
        at = end + 1
    if at + 1 < call.end:
        after = _start(tokens[at + 1])
        findings.add("poll", after, "nothing may follow the answers in a poll", "move it out of the poll")
    if not FEWEST <= count <= MOST:
        message = f"a poll has {FEWEST} to {MOST} answers; this one has {count}"
        findings.add("poll", call.place, message, "add or remove answers")
    return tuple(options.values())


def _start(token: Token) -> Position:
    return Position((token.map or [0])[0] + 1, 1)


def _option(writer: BodyWriter, item: list[Token], taken: dict[str, PollOption]) -> PollOption | None:
    """The answer in one list item; None where it has no text line or no usable key, which is reported."""
    add, start = writer.findings.add, _start(item[0])
    if len(item) != 5 or item[2].type != "inline":
        add("poll", start, "an answer is one line of text", "write it as: - Often {#often}")
        return None
    inline = item[2]
    html, text = writer.captured(inline.children or [], inline, "an answer")
    label = plain_text(text)
    place: Position = inline.meta.get("key_place", start)
    key: str | None = inline.meta.get("key")
    if key is None:
        hint = f"write it as: - {label} {{#{_suggested(label)}}}"
        add("poll", place, f"the answer '{label}' has no key", hint)
    elif not _KEY.fullmatch(key):
        hint = f"use small letters, digits and hyphens: {{#{_suggested(key)}}}"
        add("poll", place, f"'{key}' cannot be an answer's key", hint)
    elif key in taken:
        hint = f"'{taken[key].label}' has it already"
        add("poll", place, f"the key '{key}' is used by two answers", hint)
    else:
        if not label:
            add("poll", place, f"the answer '{key}' has no text", "write it before the key")
        return PollOption(key, label, html)
    return None


def _suggested(label: str) -> str:
    """A key made of the ASCII letters and digits of *label*."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return slugify(plain) or "answer"


def _limits(call: Call, count: int, findings: Findings) -> tuple[int, int]:
    """The smallest and the largest number of answers that a voter may choose."""
    values = call.values
    several = is_set(values, "multiple")
    least = int(values.get("min", "1"))
    most = int(values.get("max", str(max(count, 1)) if several else "1"))
    if not several and ("min" in values or "max" in values):
        hint = "add the word multiple, or remove them"
        findings.add("poll", call.place, "'min' and 'max' need 'multiple'", hint)
    elif several and count and not least <= most <= count:
        message = f"between {least} and {most} of {count} answers cannot be chosen"
        findings.add("poll", call.place, message, f"min and max lie between 1 and {count}, min not above max")
    if values.get("results") == "on-close" and "closes" not in call.given:
        hint = "add a date: closes=2026-12-31"
        findings.add("poll", call.place, "these results show when the poll closes, which it never does", hint)
    return least, most


_ATTRIBUTES: dict[str, Check] = {
    "id": _is_slug,
    "closes": _is_moment,
    "version": whole_number(1),
    "results": one_of("always", "after-vote", "on-close"),
    "multiple": is_flag,
    "min": whole_number(1),
    "max": whole_number(1),
    "sensitive": is_flag,
}

POLL = Directive("poll", ("container",), _write, _ATTRIBUTES, prepare=_prepare)
