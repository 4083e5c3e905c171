"""Links and pictures in Markdown: all written in place, each led to what was imported."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.importing.clean import without_emails
from generator.importing.entries import Links

_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]{1,300})\]:[ \t]*\n?[ \t]*(<[^<>\n]*>|\S+)(?:[ \t]+(?:\"([^\"\n]*)\"|'([^'\n]*)'|\(([^()\n]*)\)))?[ \t]*$\n?",
                         re.MULTILINE)  # fmt: skip
_LABEL = r"(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.|\[[^\[\]\n]{0,500}\])*\])*"
_USE = re.compile(rf"(?<!\\)(!?)\[(?!\^)({_LABEL})\](?:\[([^\[\]\n]{{0,300}})\])?(?![(\[:{{])", re.DOTALL)
_PLACED = re.compile(
    rf"(?<!\\)(!?)\[(?!\^)({_LABEL})\]\(\s*(<[^<>\n]*>|[^\s()<]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
    r"(\{[^{}\n]{0,300}\})?",
    re.DOTALL,
)
# Of what stands in braces after a picture, its size means the same here.
_SIZE = re.compile(r"\{(?:\s*(?:width|height)=\d{1,5}\s*)+\}")
_AUTO = re.compile(r"<(https?://[^<>\s]+)>")


def inline_references(text: str) -> str:
    """*text* with ``[words][id]`` written as ``[words](address)``; definitions are gone."""
    known: dict[str, str] = {}
    for label, address, *titles in _DEFINITION.findall(text):
        title = next(filter(None, titles), "").replace('"', "'")
        known.setdefault(_key(label), f'{address} "{title}"' if title else address)
    if not known:
        return text

    def placed(found: re.Match[str]) -> str:
        address = known.get(_key(found[3] or found[2]))
        return f"{found[1]}[{found[2]}]({address})" if address else found[0]

    return _USE.sub(placed, _DEFINITION.sub("", text))


def _key(label: str) -> str:
    return " ".join(label.split()).casefold()


def relink(text: str, links: Links, absolute: Callable[[str], str]) -> str:
    """Lead every link and every picture to its file here; a link that leads nowhere keeps its words."""

    def line_at(position: int) -> int:
        return text.count("\n", 0, position) + 1

    def changed(found: re.Match[str], shift: int = 0) -> str:
        sign, label, written, title, braces = found.groups()
        line = line_at(shift or found.start())
        address = written[1:-1] if written.startswith("<") else re.sub(r"\\(.)", r"\1", written)
        if sign:
            return _picture(label, address, title, braces, links, line)
        inner = _PLACED.sub(lambda inside: changed(inside, found.start()), label)
        target = links.link(absolute(address), line)
        if target is None:
            return inner
        kept = _title(title)
        return f"[{inner}]({_destination(target)}{kept})"

    text = _PLACED.sub(changed, text)
    return _AUTO.sub(lambda found: _auto(found[1], links, line_at(found.start())), text)


def _auto(address: str, links: Links, line: int) -> str:
    target = links.link(address, line)
    return address if target is None else f"<{target}>" if "://" in target else f"[{address}]({target})"


def _picture(label: str, address: str, title: str | None, braces: str | None, links: Links, line: int) -> str:
    path = links.picture(address, line)
    if path is None:
        return ""
    alt = without_emails(label)
    if not alt.strip():
        links.note("look", line, "a picture has no description; write what it shows")
    kept = braces if braces and _SIZE.fullmatch(braces) else ""
    return f"![{alt}]({_destination(path)}{_title(title)}){kept}"


def _title(title: str | None) -> str:
    words = without_emails(title[1:-1]).replace('"', "'").strip() if title else ""
    return f' "{words}"' if words else ""


def _destination(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()]", address) else address
