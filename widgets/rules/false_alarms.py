"""Owns what staff teach about false alarms: a few words beside which a plea that no core has found takes a lower place.

It silences nothing: such a text is a plea as before, with the same reasons, the same call and the same help; and it stays
before all that is no plea.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from widgets.rules.crisis import Plea, judge_plea, read_plain
from widgets.rules.phrases import Compiler, words_of
from widgets.rules.phrases.files import FOLDER
from widgets.rules.pleas.signs import Signs
from widgets.rules.pleas.unmasked import read_core

MOST_WORDS: Final = 4
_TELLING: Final = 4  # letters of the one word, at least, that does not stand everywhere
LOWER: Final = 1  # step of urgency
# Lists of the core that tell what is no plea.
_HARMLESS: Final = frozenset({"no_negation", "fiction", "resolved", "figures", "denied"})


class AlarmRefused(ValueError):
    """The words cannot be taught; `key` says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def read_alarm(chosen: str, text: str) -> tuple[str, ...]:
    """The words as lists know them. Raises AlarmRefused: none or too many, not side by side in the text, a word that a core
    looks for, words that stand everywhere, a plea by themselves."""
    words = tuple(word.text for word in read_plain(chosen))
    if not 0 < len(words) <= MOST_WORDS:
        raise AlarmRefused("alarm-words")
    if not _stands(words, _plain(text)):
        raise AlarmRefused("alarm-elsewhere")
    if not core_words().isdisjoint(words):
        raise AlarmRefused("alarm-core")
    if not any(len(word) >= _TELLING and word not in _common() for word in words):
        raise AlarmRefused("alarm-everywhere")
    if judge_plea(chosen) is not None:
        raise AlarmRefused("alarm-plea")
    return words


def eases(text: str, plea: Plea, alarms: Iterable[Sequence[str]]) -> bool:
    """Whether the text holds words of a false alarm, and its plea is none of a core, of now, or of means."""
    taught = [tuple(words) for words in alarms]
    if not taught or plea.level == "now" or plea.method or plea.kind != "self":
        return False
    words = _plain(text)
    return any(_stands(alarm, words) for alarm in taught) and not _of_a_core(text)


def _of_a_core(text: str) -> bool:
    words = read_plain(text)
    return bool(read_core(words, Signs(words).closed).found)


def _plain(text: str) -> tuple[str, ...]:
    return tuple(word.text for word in read_plain(text))


def _stands(wanted: Sequence[str], words: Sequence[str]) -> bool:
    size = len(wanted)
    return any(tuple(words[at : at + size]) == tuple(wanted) for at in range(len(words) - size + 1))


@cache
def core_words() -> frozenset[str]:
    """Every word of every plea that a core knows, in all languages, but for those that stand everywhere."""
    return frozenset().union(*(_pleading(made) - frozenset(made["sets"]["common"]) for made in _cores()))


@cache
def _common() -> frozenset[str]:
    return frozenset().union(*(made["sets"]["common"] for made in _cores()))


def _cores() -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.glob("core.*.json")):
        yield json.loads(path.read_bytes())


def _pleading(made: dict[str, Any]) -> frozenset[str]:
    compiler = Compiler(made["words"])
    lists = [one for name, one in made["lists"].items() if name not in _HARMLESS]
    return words_of([compiler.phrase(text) for one in lists for text in one["phrases"]])
