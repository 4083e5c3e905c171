"""Owns what the rules say of old comments: pure work on texts, in processes of its own where there are many of them."""

from __future__ import annotations

import asyncio
import signal
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final, NamedTuple

from widgets.contract.problems import Problem
from widgets.desk.imports.reading import Line, Place
from widgets.rules.claims import NO_CLAIMS, judge_claim, read_claims
from widgets.rules.crisis import judge_plea
from widgets.rules.harm import judge_harm
from widgets.rules.personal_data import kinds, personal_data
from widgets.rules.phrases import Phrases
from widgets.rules.publishing import Decision, Draft, decide
from widgets.rules.publishing.claim import claim
from widgets.rules.publishing.crisis import crisis
from widgets.rules.publishing.harm import harm
from widgets.rules.publishing.method import method
from widgets.rules.publishing.personal import personal
from widgets.rules.text import normalise, render
from widgets.store.records import StoreError

LONGEST: Final = 50_000  # characters: old systems had other limits
MANY: Final = 500  # comments: for fewer, starting processes takes longer than they save
_RULES: Final = (crisis, method, harm, claim, personal)
_AHEAD: Final = 4  # batches for each process: what is read ahead stays small, however large the file


_NOTHING: Final = Decision("published", (), 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A comment to be judged; `own_numbers` are those of the site's crisis lines, which are nobody's personal data."""

    place: Place
    line: Line
    condition: str
    own_numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A text as it is kept, its HTML, and what the rules say; or the code of the problem for which it is left out."""

    text: str = ""
    html: str = ""
    decision: Decision = _NOTHING
    problem: str = ""


class Judges(NamedTuple):
    """`claims` is the editors' file of what is claimed in a condition; `jobs` is how many processes there may be."""

    claims: Path | None = None
    jobs: int = 1

    async def read(
        self, batches: Iterable[Sequence[Asked]], comments: int
    ) -> AsyncIterator[list[tuple[Asked, Judged]]]:
        """Each batch judged, in their order; of `comments` in all. Raises StoreError where a process is ended from outside."""
        if self.jobs == 1 or comments < MANY:
            claims = read_claims(self.claims) if self.claims else {}
            for batch in batches:
                yield list(zip(batch, judge(batch, claims), strict=True))
            return
        with _processes(self.jobs) as pool:
            source, pending = iter(batches), deque[tuple[Sequence[Asked], Future[list[Judged]]]]()
            while True:
                for batch in islice(source, self.jobs * _AHEAD - len(pending)):
                    pending.append((batch, pool.submit(_judge_here, batch, self.claims)))
                if not pending:
                    return
                batch, future = pending.popleft()
                try:
                    judged = await asyncio.wrap_future(future)
                except BrokenExecutor:
                    raise StoreError(
                        "A process that read comments was ended; what was stored stays. Run this again, perhaps with `--jobs 1`."
                    ) from None
                yield list(zip(batch, judged, strict=True))


@contextmanager
def _processes(jobs: int) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command ends its processes itself


@cache
def _claims_in(file: Path | None) -> Mapping[str, Phrases]:
    """Once in each process: compiled phrases cannot be sent to one."""
    return read_claims(file) if file else {}


def _judge_here(batch: Sequence[Asked], claims: Path | None) -> list[Judged]:
    return judge(batch, _claims_in(claims))


def judge(batch: Sequence[Asked], claims: Mapping[str, Phrases]) -> list[Judged]:
    return [_judge(asked, claims.get(asked.condition, NO_CLAIMS)) for asked in batch]


def _judge(asked: Asked, claims: Phrases) -> Judged:
    try:
        text = normalise(asked.line.text, LONGEST)
    except Problem as problem:
        return Judged(problem=problem.code)
    language = asked.place.lang
    draft = Draft(
        text=text,
        links=0,
        policy="post",
        approved_before=True,
        proven=True,
        seen_elsewhere=False,
        personal_data=kinds(personal_data(text, list(asked.own_numbers))),
        confirmed=False,
        plea=judge_plea(text, language),
        claim=judge_claim(text, claims),
        harm=judge_harm(text, language),
    )
    return Judged(text, render(text), decide(draft, _RULES))
