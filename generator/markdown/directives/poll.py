"""``:::poll{#id}``: a question and its answers, which become facts and a slot for the theme's form."""

from __future__ import annotations

import re
from datetime import datetime

from markdown_it.token import Token

from generator.markdown.attributes import Check, is_flag, is_set, one_of, whole_number
from generator.markdown.directives.form import Call, Directive
from generator.markdown.findings import Findings, Place
from generator.markdown.words import plain_text
from generator.markdown.writer import BodyWriter
from generator.model import Poll, PollOption, PollSlot
from generator.text import slugify

FEWEST, MOST = 2, 20
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
_OPTION_KEY = re.compile(r"[ \t]*\{#([^{}]*)\}$")
_LISTS = {"bullet_list_open": "bullet_list_close", "ordered_list_open": "ordered_list_close"}


def _is_slug(value: str | None) -> str:
    return (
        ""
        if value and _KEY.fullmatch(value)
        else "must be small letters, digits and hyphens: {#weather-trigger}"
    )


def _is_moment(value: str | None) -> str:
    try:
        datetime.fromisoformat(value or "")
    except ValueError:
        return "must be a real date, like 2026-12-31, or a date and time, like 2026-12-31T18:00"
    # Week dates and dates without hyphens are real too, but nobody else in the chain reads them.
    fits = re.fullmatch(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*)?", value or "")
    return "" if fits else "must look like 2026-12-31 or 2026-12-31T18:00"


def _prepare(tokens: list[Token], call: Call, findings: Findings) -> None:
    """Take the keys off the answers before their text is parsed."""
    for token in tokens[call.start : call.end]:
        if token.type == "inline" and token.content.endswith("}"):
            key = _OPTION_KEY.search(token.content)
            if key:
                token.meta["key"] = key.group(1).strip()
                token.meta["key_place"] = findings.place(token, key.start(1))
                token.content = token.content[: key.start()]


def _write(writer: BodyWriter, call: Call) -> None:
    slug = call.values.get("id", "")
    if not slug:
        hint = "write :::poll{#weather-trigger}: the id counts the votes, so it must never change"
        if writer.findings.once(f"poll {call.place}"):
            writer.findings.add("poll", call.place, "a poll needs an id", hint)
    tokens = writer.tokens
    questions, at = _questions(tokens, call)
    options = _options(writer, call, at)
    if not questions:
        hint = "write the question before the answers"
        writer.findings.add("poll", call.place, "this poll asks nothing", hint)
    html, text = _question(writer, questions)
    limits = _limits(call, len(options), writer.findings)
    if not slug:
        return
    if slug in writer.polls:
        hint = f"the first stands on line {writer.polls[slug].line}; give this one another id"
        writer.findings.add("poll", call.place, f"the poll '{slug}' stands here twice", hint)
        return
    writer.anchors.claim(f"poll-{slug}", call.place)
    values = call.values
    writer.polls[slug] = Poll(
        slug=slug,
        question=text,
        question_html=html,
        options=options,
        line=call.place[0],
        multiple=is_set(values, "multiple"),
        minimum=limits[0],
        maximum=limits[1],
        closes=values.get("closes", ""),
        version=int(values.get("version", "1")),
        results=values.get("results", "always"),
        sensitive=is_set(values, "sensitive"),
    )
    writer.out.append(writer.slot(PollSlot(slug, call.place[0])) + "\n")


def _questions(tokens: list[Token], call: Call) -> tuple[list[Token], int]:
    """The paragraphs before the answers, and the index of the token after them."""
    found: list[Token] = []
    at = call.start
    while at < call.end and tokens[at].type == "paragraph_open":
        found.append(tokens[at + 1])
        at += 3
    return found, at


def _question(writer: BodyWriter, questions: list[Token]) -> tuple[str, str]:
    written = [writer.captured(token.children or [], token, "a question") for token in questions]
    return "<br>\n".join(html for html, _ in written), plain_text([f"{text}\n" for _, text in written])


def _options(writer: BodyWriter, call: Call, at: int) -> tuple[PollOption, ...]:
    tokens, findings = writer.tokens, writer.findings
    kind = tokens[at].type if at < call.end else ""
    if kind not in _LISTS:
        line = (
            tokens[at].map[0] + 1 if at < call.end and (place := tokens[at].map) and place else call.place[0]
        )
        hint = "write the question, then one list: - Often {#often}"
        findings.add(
            "poll", (line, 1) if kind else call.place, "a poll is a question and a list of answers", hint
        )
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
        place = (tokens[at + 1].map or [call.place[0] - 1])[0] + 1, 1
        findings.add("poll", place, "nothing may follow the answers in a poll", "move it out of the poll")
    if not FEWEST <= count <= MOST:
        message = f"a poll has {FEWEST} to {MOST} answers; this one has {count}"
        findings.add("poll", call.place, message, "add or remove answers")
    return tuple(options.values())


def _option(writer: BodyWriter, item: list[Token], taken: dict[str, PollOption]) -> PollOption | None:
    line = (item[0].map or [0])[0] + 1
    if len(item) != 5 or item[2].type != "inline":
        message = "an answer is one line of text"
        writer.findings.add("poll", (line, 1), message, "write it as: - Often {#often}")
        return None
    inline = item[2]
    html, text = writer.captured(inline.children or [], inline, "an answer")
    label = plain_text([text])
    place: Place = inline.meta.get("key_place", (line, 1))
    key = inline.meta.get("key", "")
    if "key" not in inline.meta:
        near = slugify(label) or "answer"
        message = f"the answer '{label}' has no key"
        writer.findings.add("poll", place, message, f"write it as: - {label} {{#{near}}}")
        return None
    if not _KEY.fullmatch(key):
        hint = "use small letters, digits and hyphens: {#often}"
        writer.findings.add("poll", place, f"'{key}' cannot be an answer's key", hint)
        return None
    if key in taken:
        message = f"the key '{key}' is used by two answers"
        writer.findings.add("poll", place, message, f"'{taken[key].label}' has it already")
        return None
    if not label:
        writer.findings.add("poll", place, f"the answer '{key}' has no text", "write it before the key")
    return PollOption(key, label, html)


def _limits(call: Call, count: int, findings: Findings) -> tuple[int, int]:
    """How few and how many answers may be chosen."""
    values = call.values
    several = is_set(values, "multiple")
    least = int(values.get("min", "1"))
    most = int(values.get("max", str(max(count, 1)) if several else "1"))
    if not several and ("min" in values or "max" in values):
        findings.add(
            "poll", call.place, "'min' and 'max' need 'multiple'", "add the word multiple, or remove them"
        )
    elif several and count and not least <= most <= count:
        message = f"between {least} and {most} of {count} answers cannot be chosen"
        findings.add(
            "poll", call.place, message, f"choose min and max between 1 and {count}, min not above max"
        )
    if values.get("results") == "on-close" and "closes" not in values:
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
