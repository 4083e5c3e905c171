"""``::video[label]{src=…}`` and ``::audio[label]{src=…}``: films and recordings; a container's content is the transcript."""

from __future__ import annotations

import posixpath
from typing import Literal
from urllib.parse import urlsplit

from markdown_it.common.utils import escapeHtml

from generator.bodies.markdown.attributes import (
    Check,
    is_class,
    is_flag,
    is_id,
    is_language,
    is_set,
    is_text,
    whole_number,
)
from generator.bodies.markdown.directives.form import Call, Directive, opening
from generator.bodies.markdown.directives.note import claim_id
from generator.bodies.markdown.images import image_slot
from generator.bodies.markdown.links import external_href, local_target, scheme_of
from generator.bodies.markdown.writer import BodyWriter
from generator.ground.model import LinkSlot, MediaSlot, StringSlot

RULE = "media"
Kind = Literal["video", "audio"]
# What every browser of the last five years plays.
SUFFIXES: dict[Kind, tuple[str, ...]] = {
    "video": (".mp4", ".m4v", ".webm"),
    "audio": (".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav"),
}
_CONVERTED: dict[Kind, str] = {"video": ".mp4", "audio": ".mp3"}
_OTHER: dict[Kind, Kind] = {"video": "audio", "audio": "video"}


def _write(writer: BodyWriter, call: Call) -> None:
    claim_id(writer, call)
    source = call.values.get("src", "")
    if call.label is None or not source:
        if not source and "src" not in call.given:
            writer.findings.add(
                RULE, call.place, f"this {call.name} has no file", f"name it: {_example(call)}"
            )
        writer.blocks(call.start, call.end)
        return
    html, text = writer.captured(call.label.children or [], call.label, f"the label of a {call.name}")
    writer.out.append(opening("figure", f"media media-{call.name}", call.values))
    if scheme_of(source):
        _write_elsewhere(writer, call, source, html)
    else:
        writer.out.append(writer.slot(_player(writer, call, source, text)) + "\n")
        writer.out.append(f'<figcaption><p class="media-label">{html}</p>\n')
    writer.prose.append(f"{text}\n")
    _write_transcript(writer, call)
    writer.out.append("</figcaption>\n</figure>\n")


def _example(call: Call) -> str:
    kind: Kind = "video" if call.name == "video" else "audio"
    return f"::{kind}[what it is]{{src=file{_CONVERTED[kind]}}}"


def _player(writer: BodyWriter, call: Call, source: str, label: str) -> MediaSlot:
    """A file of the site's own. Whether it exists, and what belongs beside it, is asked by the check."""
    kind: Kind = "video" if call.name == "video" else "audio"
    values = call.values
    captions = tuple(map(local_target, values.get("captions", "").split()))
    _check_suffix(writer, call, kind, source)
    for path in captions:
        if scheme_of(path) or not path.lower().endswith(".vtt"):
            hint = "browsers read WebVTT beside the page: pacing.en.vtt; `ffmpeg -i pacing.srt pacing.en.vtt` makes it"
            writer.findings.add(RULE, call.place, f"captions cannot be read from '{path}'", hint)
    poster = values.get("poster", "")
    if scheme_of(poster):
        # Reports the picture of another site, as for any image.
        image_slot(poster, label, "", {}, call.place, writer.findings)
        poster = ""
    return MediaSlot(
        kind=kind,
        source=local_target(source),
        label=label,
        line=call.place.line,
        column=call.place.column,
        poster=local_target(poster),
        captions=captions,
        width=int(values.get("width", 0)),
        height=int(values.get("height", 0)),
        silent=is_set(values, "silent"),
        transcribed="transcript" in values or call.start < call.end,
    )


def _check_suffix(writer: BodyWriter, call: Call, kind: Kind, source: str) -> None:
    base, suffix = posixpath.splitext(source)
    if suffix.lower() in SUFFIXES[kind]:
        return
    other = _OTHER[kind]
    if suffix.lower() in SUFFIXES[other]:
        message = f"'{source}' is no {kind}"
        hint = f"write ::{other} instead of ::{kind}"
    else:
        message = f"browsers do not play '{source}'"
        hint = f"they play {', '.join(SUFFIXES[kind])}: `ffmpeg -i {source} {base}{_CONVERTED[kind]}` makes one of them"
    writer.findings.add(RULE, call.place, message, hint)


def _write_elsewhere(writer: BodyWriter, call: Call, address: str, html: str) -> None:
    """A still, and a link that says where it leads; the page asks nothing of another site until somebody follows it."""
    findings = writer.findings
    address = f"https:{address}" if address.startswith("//") else address
    host = urlsplit(address).netloc.rpartition("@")[2] if scheme_of(address) in ("http", "https") else ""
    if not host:
        hint = f"write the address of its page, https://…, or a file: {_example(call)}"
        findings.add("link", call.place, f"a {call.name} cannot be at '{address}'", hint)
        address = ""
    for name in ("captions", "silent", "width", "height"):
        if name in call.values:
            message = f"'{name}' is only for files of your own; on another site it is up to them"
            findings.add("attribute", call.place, message, "remove it")
    if poster := call.values.get("poster", ""):
        still = image_slot(poster, "", "", {"decorative": ""}, call.place, findings)
        if still:
            writer.out.append(writer.slot(still) + "\n")
    link = f'<a href="{external_href(address)}" rel="external noreferrer">{html}</a>' if address else html
    writer.out.append(f'<figcaption><p class="media-label">{link}</p>\n')
    if not host:
        return
    elsewhere = writer.slot(StringSlot("media.elsewhere"))
    writer.out.append(f'<p class="media-elsewhere">{elsewhere} <b>{escapeHtml(host)}</b></p>\n')


def _write_transcript(writer: BodyWriter, call: Call) -> None:
    if written := call.values.get("transcript", ""):
        address = _transcript_address(writer, call, written)
        if address:
            words = writer.slot(StringSlot("media.transcript"))
            writer.out.append(f'<p class="media-transcript"><a href="{address}">{words}</a></p>\n')
    if call.start < call.end:
        words = writer.slot(StringSlot("media.transcript"))
        writer.out.append(f'<details class="media-transcript">\n<summary>{words}</summary>\n')
        writer.blocks(call.start, call.end)
        writer.out.append("</details>\n")


def _transcript_address(writer: BodyWriter, call: Call, written: str) -> str:
    scheme = scheme_of(written)
    if scheme in ("http", "https", "//"):
        return external_href(written)
    if scheme:
        hint = "write a path, an anchor of this page (#transcript), or put the text between the lines of :::"
        writer.findings.add("link", call.place, f"a transcript cannot be at '{written}'", hint)
        return ""
    if written.startswith("#"):
        writer.link_within(local_target(written[1:]), call.place)
        return external_href(written)
    return writer.slot(LinkSlot(local_target(written), *call.place))


_ATTRIBUTES: dict[str, Check] = {
    "id": is_id,
    "class": is_class,
    "lang": is_language,
    "src": is_text,
    "poster": is_text,
    "transcript": is_text,
}

VIDEO = Directive(
    "video",
    ("leaf", "container"),
    _write,
    {
        **_ATTRIBUTES,
        "captions": is_text,
        "silent": is_flag,
        "width": whole_number(1),
        "height": whole_number(1),
    },
    "required",
)
AUDIO = Directive("audio", ("leaf", "container"), _write, _ATTRIBUTES, "required")
