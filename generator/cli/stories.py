"""`gatherwell stories adopt`: a published story whose writer agreed to the archive becomes a file of the content."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from generator.cli.options import root_option
from generator.content.snapshot import VoiceAnswer, read_snapshot
from generator.content.voice_text import is_voice_id
from generator.disk.content_tree import CONTENT_DIR
from generator.ground.errors import SiteError
from generator.site.voices import FOLDERS

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

# A rule, or what makes a heading of the line above.
_DASHES: Final = re.compile(r"^([ \t>]*)((?:-[ \t]*)+|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
# What our Markdown reads and the members' subset does not: directives, pictures, HTML, notes, attributes.
# A backslash and what follows it is escaped already, and stays.
_OURS: Final = re.compile(r"\\.|[:\[\]{}<!|^$~=@]")
# A link or a picture: its words, its address. A backslash and what follows it is no part of one.
_LINK: Final = re.compile(
    r'\\.|!?\[([^\[\]\n]*)\]\(<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+"[^"\n]*")?\)'
)
_BARE: Final = re.compile(r"\\.|<((?:https?|mailto):[^\s<>]+)>")
# Front matter of a hub whose condition has a host of its own.
_OWN_HOST: Final = re.compile(r"^base_url:", re.MULTILINE)


@click.group("stories")
def command() -> None:
    """Stories and questions that members sent."""


@command.command("adopt")
@click.argument("story")
@root_option
def adopt_command(story: str, root: Path) -> None:
    """Write STORY (the eight letters of its address) into the content, for good.

    Git forgets nothing: only what its writer agreed to keep in the archive can be adopted. It then stands in the page that the
    file makes, and no longer in the one from the snapshot.
    """
    snapshot, _ = read_snapshot(root)
    voice = snapshot.voices.get(story) if is_voice_id(story) else None
    if voice is None:
        hint = "run `gatherwell results pull`; it may have been taken back"
        raise SiteError(f"the snapshot has no story '{story}'", hint=hint)
    if not voice.archive or voice.text is None:
        hint = "leave it where it is: it is published from the snapshot, and its writer can take it back"
        raise SiteError(f"the writer of '{story}' has not agreed to the archive", hint=hint)
    folder = root / CONTENT_DIR / voice.condition
    if not folder.is_dir():
        raise SiteError(f"there is no condition '{voice.condition}'", hint=f"make {folder} first")
    target = folder / FOLDERS[voice.kind] / f"{voice.id}{_language(root, voice)}.md"
    if target.exists():
        raise SiteError(f"{target} is there already", hint="it was adopted before")
    target.parent.mkdir(exist_ok=True)
    target.write_text(adopted(voice, _address(root, voice)), "utf-8", newline="\n")
    click.echo(f"{target}: read it, then commit it")


def _language(root: Path, voice: VoiceAnswer) -> str:
    from generator.content.config import read_config

    return "" if voice.lang == read_config(root)[0].language else f".{voice.lang}"


def _address(root: Path, voice: VoiceAnswer) -> str:
    """Where the snapshot's page stood, which others may have linked to."""
    hubs = (root / CONTENT_DIR / voice.condition).glob("_index*.md")
    has_host = any(_OWN_HOST.search(hub.read_text("utf-8", "replace")) for hub in hubs)
    condition = "" if has_host else f"/{voice.condition}"
    return f"{condition}{_language(root, voice).replace('.', '/')}/{FOLDERS[voice.kind]}/{voice.id}/"


def adopted(voice: VoiceAnswer, address: str) -> str:
    """The file: its ``id`` is that of the story's thread, by which the build knows that it was adopted. *address* leads to it."""
    name = json.dumps(voice.pseudonym, ensure_ascii=False) if voice.pseudonym else ""
    lines = [
        f"title: {json.dumps(voice.title, ensure_ascii=False)}",
        f"date: {voice.published}",
        f"type: {voice.kind}",
        f"slug: {voice.id}",
        f"id: {voice.condition}~{voice.id}",
        f"aliases: [{address}]",
        *(["noindex: true"] if not voice.share else []),
        *(
            [f"content_notes: {json.dumps(list(voice.content_notes), ensure_ascii=False)}"]
            if voice.content_notes
            else []
        ),
    ]
    signed = f"— {name[1:-1]}\n\n" if name else ""
    text = _escaped(_as_blocks(_links_in_words(voice.text or "")))
    return "---\n" + "\n".join(lines) + f"\n---\n{_escaped(signed)}{text}\n"


def _links_in_words(text: str) -> str:
    """A member's text without the marks of links: their words stay, and after them in brackets where they led."""

    def in_words(found: re.Match[str]) -> str:
        if found[2] is None:
            return found[0]
        words, address = found[1].strip(), found[2].removeprefix("mailto:")
        leads = found[2].startswith(("http://", "https://", "mailto:"))
        if not words or words in (address, found[2]):
            return address
        return f"{words} ({address})" if leads else words

    text = _LINK.sub(in_words, text)
    return _BARE.sub(lambda found: found[1].removeprefix("mailto:") if found[1] else found[0], text)


def _as_blocks(text: str) -> str:
    """Lines of a member's text, changed where our Markdown reads another block in them: headings have two levels below the
    page's title, no paragraph is code because it is indented, and no line of dashes is a rule or makes a heading."""
    lines = text.split("\n")
    code: set[int] = set()
    for token in _members_markdown().parse(text):
        if token.map is None:
            continue
        first, end = token.map
        if token.type == "fence":
            code.update(range(first, end))
        elif token.type == "heading_open":
            marks = "#" * min(3, max(2, len(token.markup)))
            lines[first] = re.sub(r"#+", marks, lines[first], count=1)
        if token.type in ("heading_open", "paragraph_open") and token.level == 0:
            lines[first] = lines[first].lstrip(" \t")
    return "\n".join(
        line if number in code else _DASHES.sub(r"\1\\\2", line) for number, line in enumerate(lines)
    )


@cache
def _members_markdown() -> MarkdownIt:
    """The blocks that the function reads in a story (`widgets.rules.text`)."""
    from markdown_it import MarkdownIt

    return MarkdownIt("zero", {"html": False, "maxNesting": 20}).enable(
        ["list", "blockquote", "fence", "heading"]
    )


def _escaped(text: str) -> str:
    """Words of a member, read by our Markdown as the subset reads them."""
    return _OURS.sub(lambda found: found[0] if len(found[0]) == 2 else f"\\{found[0]}", text)
