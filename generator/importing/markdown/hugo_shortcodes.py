"""Shortcodes of Hugo: translated where they have a meaning here, else taken off and told."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from generator.importing.markdown.code import Tools, caption_html

_CODE = re.compile(r"\{\{(?P<sign>[<%])(?:\x01(?P<line>\d+)\x01)?(?P<comment>/\*)?\s*(?P<close>/?)\s*(?P<name>[\w./-]+)(?P<rest>(?:[^<%>}\"`]|[<>%}](?![%>]?\}\})|\"(?:[^\"\\]|\\.)*\"|`[^`]*`){0,2000}?)(?P<alone>/?)\s*(?:\*/)?[>%]\}\}")  # fmt: skip
_LINE = re.compile("\x01\\d+\x01")
_WITHIN_LINE = re.compile("(?m)^([^\n\x02]*[^\\s\x02])[ \t]*(?=\x02)")
_MARK_ALONE = re.compile(r"[ \t>]*(?:[-*+>]|\d+[.)])")
_GOES_ON = re.compile(r"\x03[ \t]*(?=[^\s\x03])")
_OPENING = re.compile(r"\{\{[<%]")
_ARGUMENT = re.compile(r"(?:([\w-]+)\s*=\s*)?(?:\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|([^\s\"`=]+))")
_NOTES = {
    **dict.fromkeys(
        ("notice", "callout", "alert", "admonition", "hint", "note", "info", "important"), "note"
    ),
    "tip": "tip",
    **dict.fromkeys(("warning", "caution", "danger"), "warning"),
}
_PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://x.com/i/status/{}",
    "twitter": "https://x.com/i/status/{}",
    "x": "https://x.com/{}/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "gist": "https://gist.github.com/{}/{}",
}


class Call(NamedTuple):
    """A shortcode: its arguments by name and by position (``0``, ``1`` …), and what it encloses."""

    name: str
    arguments: dict[str, str]
    inner: str | None
    line: int


class _Open(NamedTuple):
    """A shortcode that was opened, and what came after it so far."""

    tag: re.Match[str]
    parts: list[str]


def translate_shortcodes(text: str, tools: Tools) -> str:
    """*text* with its shortcodes as Markdown or HTML."""
    # The lines that tags stand on are noted in them first, since what is made of earlier tags has other lines.
    text = _numbered(text)
    tags = list(_CODE.finditer(text))
    closed = {tag["name"] for tag in tags if tag["close"]}
    done: list[str] = []
    waiting: list[_Open] = []
    at = 0
    for tag in tags:
        parts = waiting[-1].parts if waiting else done
        parts.append(text[at : tag.start()])
        at = tag.end()
        if tag["close"]:
            _close(tag["name"], waiting, done, tools)
        elif tag["comment"] or tag["alone"] or tag["name"] not in closed:
            parts.append(_made(_call(tag, None), tools))
        else:
            waiting.append(_Open(tag, []))
    (waiting[-1].parts if waiting else done).append(text[at:])
    while waiting:
        _leave_open(waiting, done, tools)
    return _on_lines_of_their_own(_LINE.sub("", "".join(done)))


def _block(made: str) -> str:
    return f"\x02{made}\x03"


def _on_lines_of_their_own(text: str) -> str:
    """Fences and boxes that were written within a line, where Markdown would take their marks, or all that follows, for text."""
    text = _WITHIN_LINE.sub(
        lambda found: found[0] if _MARK_ALONE.fullmatch(found[1]) else f"{found[1]}\n\n", text
    )
    return _GOES_ON.sub("\n\n", text).replace("\x02", "").replace("\x03", "")


def _numbered(text: str) -> str:
    parts: list[str] = []
    at, line = 0, 1
    for found in _OPENING.finditer(text):
        line += text.count("\n", at, found.start())
        parts.append(f"{text[at : found.end()]}\x01{line}\x01")
        at = found.end()
    return "".join((*parts, text[at:]))


def _close(name: str, waiting: list[_Open], done: list[str], tools: Tools) -> None:
    """Make what was opened last by *name*; what was opened within it and never closed encloses nothing."""
    if not any(each.tag["name"] == name for each in waiting):
        return
    while waiting[-1].tag["name"] != name:
        _leave_open(waiting, done, tools)
    opened = waiting.pop()
    inner = _on_lines_of_their_own("".join(opened.parts))
    made = _made(_call(opened.tag, inner), tools)
    (waiting[-1].parts if waiting else done).append(made)


def _leave_open(waiting: list[_Open], done: list[str], tools: Tools) -> None:
    opened = waiting.pop()
    parts = waiting[-1].parts if waiting else done
    parts += [_made(_call(opened.tag, None), tools), *opened.parts]


def _call(tag: re.Match[str], inner: str | None) -> Call:
    arguments: dict[str, str] = {}
    for position, (key, double, raw, bare) in enumerate(_ARGUMENT.findall(tag["rest"])):
        arguments[key or str(position)] = double.replace('\\"', '"') or raw or bare
    name = "/*" if tag["comment"] else tag["name"].rpartition("/")[2].lower() or tag["name"]
    return Call(name, arguments, inner, int(tag["line"] or 0))


def _made(call: Call, tools: Tools) -> str:
    name, get = call.name, call.arguments.get
    if name == "figure" or name in ("image", "img"):
        return tools.block(_figure(call), call.line)
    if name in ("ref", "relref"):
        return get("path", get("0", ""))
    if name == "highlight":
        return _block(tools.code.hide(f"```{get('0', '')}\n{(call.inner or '').strip(chr(10))}\n```"))
    if name in _NOTES:
        kind = _NOTES.get(get("type", get("0", "")), _NOTES[name])
        label = get("title", "")
        return _block(f":::{kind}{f'[{label}]' if label else ''}\n{(call.inner or '').strip()}\n:::")
    if name in ("details", "expand", "tab", "tabitem", "accordion", "accordion-item"):
        words = next(filter(None, (get(key, "") for key in ("summary", "title", "name", "header", "0"))), "")
        return f"\n\n{f'**{words}**' if words else ''}\n\n{(call.inner or '').strip()}\n\n"
    if name in _PLAYERS or name in ("video", "audio"):
        return _player(call, tools)
    if name in ("toc", "br", "/*"):
        return "<br>" if name == "br" else ""
    if call.inner is not None:
        tools.told("changed", call.line, f"the shortcode {name} was taken off; what it enclosed stays")
        return call.inner
    tools.told("lost", call.line, f"the shortcode {name} was taken out; what it showed is to be written anew")
    return ""


def _figure(call: Call) -> str:
    get = call.arguments.get
    alt = html.escape(get("alt", get("title", "")))
    image = f'<img src="{html.escape(get("src", get("0", "")))}" alt="{alt}">'
    words = " ".join(filter(None, (get("caption", ""), get("attr", ""))))
    return f"<figure>{image}<figcaption>{caption_html(words)}</figcaption></figure>"


def _player(call: Call, tools: Tools) -> str:
    get = call.arguments.get
    if call.name in ("video", "audio"):
        address = get("src", get("0", ""))
    else:
        pattern = _PLAYERS[call.name]
        values = [get("user", get("0", "")), get("id", get("1", ""))]
        if pattern.count("{}") == 1:
            values = [get("id", get("0", ""))]
        address = pattern.format(*(re.sub(r"[^\w./-]", "", value) for value in values))
    tools.told("changed", call.line, f"what {call.name} played in the page is a link now")
    title = get("title", "")
    return f"[{title}]({address})" if title else f"<{address}>"
