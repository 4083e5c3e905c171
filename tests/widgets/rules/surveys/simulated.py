"""Seeded surveys, with routing, several choices, breakdowns and small groups, and people who answer them."""

from __future__ import annotations

import hmac
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations, pairwise

from widgets.contract.surveys import AskIf, Band, Choice, Question, Survey
from widgets.rules.surveys.cells import keys, response_cells
from widgets.rules.surveys.responses import is_asked, keys_of
from widgets.rules.surveys.values import Answer

Answers = Mapping[str, Answer]
OPENS = datetime(2026, 1, 1, tzinfo=UTC)
INTERIM = datetime(2026, 2, 1, tzinfo=UTC)
CLOSES = datetime(2027, 1, 1, tzinfo=UTC)
MOST_PATTERNS = 1_500


def draw(seed: object) -> Callable[[str], bytes]:
    """The function's: HMAC under a secret."""
    secret = f"secret {seed}".encode()
    return lambda label: hmac.digest(secret, label.encode(), "sha256")


def survey(
    questions: Sequence[Question], breakdowns: Iterable[tuple[str, str]] = (), **more: object
) -> Survey:
    given = {"opens": OPENS, "interim": INTERIM, "closes": CLOSES, **more}
    return Survey("migraine", 1, "2026-01", tuple(questions), {}, {}, breakdowns=tuple(breakdowns), **given)


@dataclass(frozen=True)
class Community:
    """A survey, all ways to answer it, and what people answered: the place of each one's way among them."""

    survey: Survey
    patterns: Sequence[Answers]
    people: Sequence[int]

    def cells(self) -> list[tuple[str, ...]]:
        return [response_cells(self.survey, pattern, True) for pattern in self.patterns]


def count(cells: Sequence[tuple[str, ...]], people: Iterable[int]) -> Counter[str]:
    """How many stand in each cell."""
    found: Counter[str] = Counter()
    for pattern, times in Counter(people).items():
        for name in cells[pattern]:
            found[name] += times
    return found


def make_community(seed: int) -> Community:
    """The same for the same seed. Ways to answer are few enough to be looked at one by one."""
    chance = random.Random(seed)
    while True:
        made = _survey(chance)
        patterns = list(all_patterns(made))
        if 12 <= len(patterns) <= MOST_PATTERNS:
            break
    size = chance.choice((30, 60, 100, 150, 250, 400, 800, 2_000))
    # Few ways to answer are common and many are rare, as among people.
    weights = [chance.expovariate(1) ** chance.choice((1, 2, 4)) for _ in patterns]
    return Community(made, patterns, chance.choices(range(len(patterns)), weights, k=size))


def _survey(chance: random.Random) -> Survey:
    questions: list[Question] = []
    for at in range(chance.randint(2, 5)):
        ask_if = _routing(chance, questions) if at and chance.random() < 0.4 else ()
        questions.append(_question(chance, f"q{at}", ask_if))
    pairs = [(one.key, by.key) for one in questions for by in questions if one != by]
    crossed = chance.sample(pairs, min(len(pairs), chance.randint(1, 4)))
    return survey(questions, crossed)


def _routing(chance: random.Random, earlier: Sequence[Question]) -> tuple[AskIf, ...]:
    found = []
    for question in chance.sample(list(earlier), min(len(earlier), chance.choice((1, 1, 1, 2)))):
        names = keys(question)
        found.append(
            AskIf(question.key, tuple(chance.sample(names, chance.randint(1, max(1, len(names) - 1)))))
        )
    return tuple(found)


def _question(chance: random.Random, key: str, ask_if: tuple[AskIf, ...]) -> Question:
    kind = chance.choice(("single", "single", "scale", "multiple", "number"))
    required = chance.random() < 0.4
    options = chance.randint(2, 4)
    if kind == "number":
        edges = [None, *range(10, 10 * options, 10), None]
        bands = tuple(Band(f"b{at}", low, high) for at, (low, high) in enumerate(pairwise(edges)))
        return Question(key, kind, bands=bands, least=0, most=100, required=required, ask_if=ask_if)
    names = [str(at + 1) if kind == "scale" else f"o{at}" for at in range(options)]
    if kind == "multiple":
        choices = tuple(Choice(name, exclusive=at == 2 and options == 3) for at, name in enumerate(names))
        most = chance.randint(1, 3)
        return Question(
            key, kind, choices, min(most, chance.randint(0, 2)), most, required=required, ask_if=ask_if
        )
    return Question(key, kind, tuple(map(Choice, names)), required=required, ask_if=ask_if)


def all_patterns(made: Survey, start: Answers | None = None, at: int = 0) -> Iterator[Answers]:
    """Every way to answer, one number for each band."""
    answers = dict(start or {})
    if at == len(made.questions):
        yield answers
        return
    question = made.questions[at]
    if not is_asked(question, made, answers):
        yield from all_patterns(made, answers, at + 1)
        return
    if not question.required:
        yield from all_patterns(made, answers, at + 1)
    for answer in _answers(question):
        yield from all_patterns(made, {**answers, question.key: answer}, at + 1)


def _answers(question: Question) -> Iterator[Answer]:
    if question.kind == "number":
        numbers = [band.least or 0.0 for band in question.bands]
        assert [keys_of(question, number) for number in numbers] == [(band.key,) for band in question.bands]
        yield from numbers
    elif question.kind == "multiple":
        yield from ((choice.key,) for choice in question.choices if choice.exclusive)
        ordinary = [choice.key for choice in question.choices if not choice.exclusive]
        for size in range(max(1, question.min), min(question.max, len(ordinary)) + 1):
            yield from combinations(ordinary, size)
    else:
        yield from (choice.key for choice in question.choices)
