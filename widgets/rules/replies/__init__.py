"""Owns the sentences that staff begin a private answer with, by the steps of published guidance: ours, and a community's own.

The steps are those of *Responding to suicidal content online* (National Suicide Prevention Alliance) and *Responding to a
cry for help* (SAVE); docs/care.md names both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final

STEPS: Final = ("see", "thank", "ask-safe", "signpost", "follow-up")
OURS: Final = Path(__file__).with_name("ours.yaml")
_MOST_BYTES: Final = 64 * 1_024
_LONGEST: Final = 600  # characters of a sentence
_MOST: Final = 20  # sentences of a step
_ASKS: Final = re.compile("[?\u037e\u061f\uff1f]")  # question marks: Latin, Greek, Arabic, full width
_SHAPE: Final = "a language, below it the steps, below each a list of sentences"

ByStep = Mapping[str, tuple[str, ...]]


class RepliesError(ValueError):
    """A file of replies that cannot be used; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Replies:
    """Sentences by language and step. `fault`: why a community's own file was left out, in words for those who run the site."""

    by_language: Mapping[str, ByStep] = field(default_factory=dict)
    fault: str = ""

    def in_language(self, lang: str) -> ByStep:
        """English where there are none in the language."""
        base = lang.partition("-")[0]
        return self.by_language.get(lang) or self.by_language.get(base) or self.by_language["en"]


def read_replies(own: Path | None = None) -> Replies:
    """Ours, with each step that *own* names in the place of our sentences for it. A file that cannot be used leaves ours
    alone: a desk without words for an answer would be worse."""
    ours = _ours()
    if own is None:
        return Replies(ours)
    try:
        theirs = parse_replies(own)
    except RepliesError as error:
        return Replies(ours, str(error))
    languages = dict.fromkeys((*ours, *theirs))
    merged = {lang: {**ours.get(lang, ours["en"]), **theirs.get(lang, {})} for lang in languages}
    return Replies({lang: {step: steps[step] for step in STEPS} for lang, steps in merged.items()})


@cache
def _ours() -> Mapping[str, ByStep]:
    return parse_replies(OURS)


def parse_replies(path: Path) -> Mapping[str, ByStep]:
    """Raises RepliesError."""
    import yaml  # with the first request for the desk: readers do not pay for it

    try:
        data = path.read_bytes()
        if len(data) > _MOST_BYTES:
            raise RepliesError(f"{path.name}: is larger than {_MOST_BYTES} bytes; shorten it")
        root = yaml.compose(data.decode("utf-8-sig"), yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise RepliesError(f"{path.name}: cannot be read as UTF-8 text ({type(error).__name__})") from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise RepliesError(
            f"{path.name}:{mark.line + 1 if mark else 1}: is not YAML; write {_SHAPE}"
        ) from None
    languages = _mapping(path, root) if root is not None else {}
    return {
        lang: {_step(path, key, node): _sentences(path, node) for key, node in _mapping(path, steps).items()}
        for lang, steps in languages.items()
    }


def _fail(path: Path, node: Any, what: str) -> RepliesError:
    return RepliesError(f"{path.name}:{node.start_mark.line + 1}: {what}")


def _mapping(path: Path, node: Any) -> dict[str, Any]:
    if node.id != "mapping" or any(key.id != "scalar" for key, _ in node.value):
        raise _fail(path, node, f"write {_SHAPE}")
    found: dict[str, Any] = {}
    for key, value in node.value:
        if key.value in found:
            raise _fail(path, key, "this name stands here twice; take one away")
        found[key.value] = value
    return found


def _step(path: Path, name: str, node: Any) -> str:
    if name in STEPS:
        return name
    close = get_close_matches(name, STEPS, 1)
    hint = f"did you mean {close[0]}?" if close else f"the steps are {', '.join(STEPS)}"
    raise _fail(path, node, f"there is no such step; {hint}")


def _sentences(path: Path, node: Any) -> tuple[str, ...]:
    if node.id != "sequence" or not node.value or any(item.id != "scalar" for item in node.value):
        raise _fail(path, node, "write a list of sentences, one after each hyphen")
    if len(node.value) > _MOST:
        raise _fail(path, node, f"at most {_MOST} sentences for a step")
    for item in node.value:
        text = item.value.strip()
        if not text or len(text) > _LONGEST or not text.replace("\n", " ").isprintable():
            raise _fail(path, item, f"a sentence has 1 to {_LONGEST} characters that can be shown")
        if _ASKS.search(text):
            raise _fail(
                path, item, "asks something, and its reader cannot write back; say what they can do instead"
            )
    return tuple(" ".join(item.value.split()) for item in node.value)
