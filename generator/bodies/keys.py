"""The two digests of a body: the key under which it is cached, and the face that other pages see."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from generator.bodies.markdown import RULES_VERSION
from generator.bodies.markdown.version import rules_version
from generator.ground.model import Facts, MarkdownOptions, Poll, VoiceForm
from generator.ground.text import digest, reading_minutes

_WORDING_VERSION = rules_version(Path(__file__).parent / "wording")


def body_key(body_digest: str, language: str, options: MarkdownOptions) -> str:
    """The key of a body: its text, its language, the Markdown options and the rules' version."""
    return body_digest + _body_salt(language, options)


@functools.lru_cache(maxsize=256)
def _body_salt(language: str, options: MarkdownOptions) -> str:
    return digest(language, msgspec.msgpack.encode(options), RULES_VERSION, _WORDING_VERSION)[:16]


def face_of(facts: Facts) -> str:
    """The digest of all that listings, poll results, link checks and the manifest read from a body."""
    polls, forms = asked_in(facts)
    face = (facts.anchors, polls, facts.summary, reading_minutes(facts.word_count), forms)
    return digest(msgspec.msgpack.encode(face))


def asked_in(facts: Facts) -> tuple[tuple[Poll, ...], tuple[VoiceForm, ...]]:
    """The polls and the forms of a body, wherever they stand in it."""
    polls = tuple(msgspec.structs.replace(poll, line=0) for poll in facts.polls)
    return polls, tuple(msgspec.structs.replace(form, line=0) for form in facts.forms)
