"""Routing: every ``ask_if`` names an earlier question and keys that it has, and every question can be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.content.surveys.instrument import Question
from generator.ground.text import did_you_mean
from generator.schema.convert import Reader
from generator.schema.yaml_source import Path


class Placed(NamedTuple):
    """A question and the path of its block in the file."""

    question: Question
    path: Path


# Beyond so many demands on one answer, trying them all would take long; they count as possible.
_TRIED = 8
# For each question the sets of keys of which its answer must hold one.
_Demands = dict[str, list[frozenset[str]]]


def check_routing(placed: Sequence[Placed], every: Sequence[str], reader: Reader) -> None:
    """Refuse conditions that cannot be met. *every* lists all keys of the file in order, those of faulty questions too."""
    earlier: dict[str, Question] = {}
    demands: dict[str, _Demands] = {}
    for question, path in placed:
        sound = [
            _check_condition(question, at, path, earlier, every, reader) for at in range(len(question.ask_if))
        ]
        if all(sound):
            demands[question.key] = _demands_of(question, demands)
            _check_possible(question, path, demands[question.key], earlier, reader)
        earlier[question.key] = question


def _check_condition(
    question: Question,
    at: int,
    path: Path,
    earlier: Mapping[str, Question],
    every: Sequence[str],
    reader: Reader,
) -> bool:
    """Whether the *at*-th condition names an earlier question and its keys; what does not is refused."""
    name, keys = question.ask_if[at].question, question.ask_if[at].any
    here = (*path, "ask_if", name)
    other = earlier.get(name)
    if other is None:
        if name == question.key:
            reader.refuse(here, f"'{name}' waits for its own answer", "name an earlier question", True)
        elif name in every and every.index(name) > every.index(question.key):
            hint = f"move '{name}' before '{question.key}'"
            reader.refuse(here, f"'{name}' is asked later than '{question.key}'", hint, True)
        elif name not in every:
            hint = did_you_mean(name, earlier) or f"earlier questions are: {', '.join(earlier) or 'none'}"
            reader.refuse(here, f"there is no question '{name}'", hint, True)
        return False
    if not other.answers:
        hint = "choose a question with options, points or bands"
        reader.refuse(here, f"'{name}' is free text, which cannot decide what is asked", hint, True)
        return False
    unknown = [key for key in keys if key not in other.answers]
    for key in unknown:
        hint = did_you_mean(key, other.answers) or f"its answers are: {', '.join(other.answers)}"
        reader.refuse(here, f"'{name}' has no answer '{key}'", hint)
    if not keys:
        reader.refuse(
            here, f"no answer to '{name}' is listed, so '{question.key}' is never asked", "list one or more"
        )
    return bool(keys) and not unknown


def _demands_of(question: Question, demands: Mapping[str, _Demands]) -> _Demands:
    """What *question* asks of answers, and what the questions that it names ask: they must have been asked too."""
    found: _Demands = {}
    for condition in question.ask_if:
        found.setdefault(condition.question, []).append(frozenset(condition.any))
        for name, sets in demands.get(condition.question, {}).items():
            found.setdefault(name, []).extend(sets)
    return {name: list(dict.fromkeys(sets)) for name, sets in found.items()}


def _check_possible(
    question: Question, path: Path, demands: _Demands, earlier: Mapping[str, Question], reader: Reader
) -> None:
    for name, sets in demands.items():
        if name in earlier and not _can_meet(earlier[name], sets):
            own = {condition.question for condition in question.ask_if}
            here = (*path, "ask_if", name) if name in own else (*path, "ask_if")
            message = f"'{question.key}' can never be asked: no answer to '{name}' meets all that leads here"
            reader.refuse(here, message, f"compare the `ask_if` of the questions before it about '{name}'")
            return


def _can_meet(question: Question, sets: Sequence[frozenset[str]]) -> bool:
    """Whether one answer to *question* holds a key of each of *sets*."""
    if question.kind != "multiple":
        return bool(frozenset(question.answers).intersection(*sets))
    if any(all(key in keys for keys in sets) for key in question.exclusive):
        return True
    together = frozenset(question.choices) - frozenset(question.exclusive)
    return _choose([keys & together for keys in sets], question.max)


def _choose(sets: Sequence[frozenset[str]], most: int) -> bool:
    """Whether at most *most* keys hold one of each of *sets*."""
    if not sets or len(sets) > _TRIED:
        return True
    if most == 0:
        return False
    first = min(sets, key=len)
    return any(_choose([keys for keys in sets if key not in keys], most - 1) for key in sorted(first))
