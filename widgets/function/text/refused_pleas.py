"""Owns what becomes of a plea that is refused, whatever the code: help in the answer, a row in the queue, an alert.

The words themselves go back to their writer and nowhere else.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.http.sent_words import Place, SentWords
from widgets.function.state.services import Services
from widgets.function.text.crisis_help import Help, How, call_for, help_in, help_with
from widgets.function.text.long_looks import look
from widgets.function.text.same_words import Earlier, refused_before, retire
from widgets.rules.age import tells_age_below
from widgets.rules.crisis import Plea, judge_plea
from widgets.store.calls import Call
from widgets.store.desk_records import DeskRow
from widgets.store.interface import Store
from widgets.store.records import Conflict, StoreError
from widgets.store.voices import VOICE_ID

log = logging.getLogger("gatherwell.function")

REFUSED: Final = "refused-plea"  # kind of rows: condition, code, level, minute; how many of each
SHOWN_SECONDS: Final = 24 * 3_600
UNPROVEN: Final = "proof-required"
_TRIES: Final = 5
_EACH: Final = 100  # strings of a body that are judged by themselves
# What the writer of a form can mend: it comes back with what was written. Each is found after the request's origin.
HANDED_BACK: Final = frozenset(
    {"text-empty", "text-too-long", "title-invalid", "consent-missing", "age-missing"}
    | {"pseudonym-invalid", "pseudonym-reserved", "pseudonym-taken"}
)
_ADULT_ENOUGH: Final = 16  # what forms of stories ask
_NO_MANIFEST: Final = Manifest(1, "", (), "en", ("en",), {}, {}, {})


@dataclass(frozen=True, slots=True)
class RefusedPlea:
    """What the answer to a refused plea shows: lines of help, and the words again for their writer. Without lines the words
    are no plea, and handed back because something is missing. `place` tells whether they are a comment's, change one, or point
    to somebody else's; `age` and `prompts` what their form asks."""

    given: Help
    words: SentWords
    place: Place
    soon: bool = False  # an element sends the same again, with the proof that was asked for
    age: int = 0
    prompts: Sequence[str] = ()

    @property
    def said(self) -> str:
        """What is said after the lines, as `help_words` knows it."""
        if self.soon:
            return "sending"
        return "flag-refused" if self.place.flags else "refused"


async def help_refused(
    services: Services, problem: Problem, place: Place, words: SentWords, device: str | None = None
) -> RefusedPlea | None:
    """None where the words are no plea and need not come back. Of a plea the queue and those on duty have been told before it
    returns; of words that the same `device` was refused before, not again. Who flags somebody else's plea is helped and tells
    nobody.

    Never raises StoreError: a store that cannot write must not take the help away.
    """
    manifest = await _manifest(services)
    lang = words.fields.get("lang") or manifest.default_language
    if place.flags:
        flagged = words.fields.get("reason") == "crisis"
        return RefusedPlea(Help(help_in(manifest, lang)), words, place) if flagged else None
    found = await gravest(_written(manifest, place, words), lang)
    back = problem.code in HANDED_BACK and not place.survey and bool(words.fields or words.text)
    if found is None and not back:
        return None
    condition = await _condition(services, manifest, place, words)
    age = manifest.minimum_age(condition) or _ADULT_ENOUGH
    form = manifest.voices.get(words.fields.get("form", ""))
    prompts = form.prompts.get(manifest.language_of(lang), ()) if form else ()
    if found is None:
        return RefusedPlea(Help(), words, place, age=age, prompts=prompts)
    plea, said = found
    # An element sends again within seconds, with a proof: the call comes once it is kept.
    soon = bool(place.survey or place.voices) and problem.code == UNPROVEN
    how = How("none" if soon else plea.alert, refused=problem.code)
    call = call_for(services, manifest, condition, ("crisis",), how)
    row = RefusedRow(condition, problem.code, plea.level)
    await tell(services, row, call, device, _waiting(said) if soon else said)
    young = await is_young((words.text, said), manifest.minimum_age(condition))
    return RefusedPlea(help_with(manifest, plea, lang, young=young), words, place, soon, age, prompts)


async def _manifest(services: Services) -> Manifest:
    try:
        return await services.manifest.current()
    except Problem:
        return _NO_MANIFEST


def _written(manifest: Manifest, place: Place, words: SentWords) -> Sequence[str]:
    """What was sent, without the keys of answers that somebody chose."""
    survey = manifest.surveys.get(place.survey)
    keys = {choice.key for one in survey.questions for choice in one.choices} if survey else set()
    return [one for one in words.said or (words.text,) if one not in keys]


async def judged(said: Sequence[str], lang: str) -> Plea | None:
    """The gravest plea among them."""
    found = await gravest(said, lang)
    return found[0] if found else None


async def gravest(said: Sequence[str], lang: str) -> tuple[Plea, str] | None:
    """The gravest plea and its words. Each by itself, since words beside a plea can weigh against it; what is more than many
    together."""
    each = [*said[:_EACH], "\n\n".join(said[_EACH:])]
    return await look(partial(_gravest, each, lang), sum(map(len, each)))


async def is_young(said: Sequence[str], minimum_age: int) -> bool:
    """Whether the writer of one of them says to be younger; never where the age is 0."""
    if not minimum_age:
        return False
    return await look(lambda: any(tells_age_below(one, minimum_age) for one in said), sum(map(len, said)))


def _gravest(said: Sequence[str], lang: str) -> tuple[Plea, str] | None:
    found = [(plea, one) for one in said if one and (plea := judge_plea(one, lang)) is not None]
    # Of equal ones the shortest: the same words are found whatever stood beside them.
    return max(found, key=lambda both: (both[0].urgency, -len(both[1])), default=None)


async def _condition(services: Services, manifest: Manifest, place: Place, words: SentWords) -> str:
    """Empty where nothing tells it."""
    if place.voices:
        form = manifest.voices.get(words.fields.get("form", ""))
        return form.condition if form else await _condition_of_voice(services, place.voice)
    if place.survey:
        survey = manifest.surveys.get(place.survey)
        return survey.condition if survey else ""
    thread = manifest.threads.get(place.thread)
    if thread is not None or not place.comment:
        return thread.condition if thread else ""
    try:
        comment = await services.store.comment(place.comment)
    except StoreError:
        return ""
    return comment.condition if comment else ""


async def _condition_of_voice(services: Services, id_: str) -> str:
    if not VOICE_ID.fullmatch(id_):
        return ""
    try:
        voice = await services.store.voices.voice(id_)
    except StoreError:
        return ""
    return voice.condition if voice else ""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of the queue for refused pleas: no word, pseudonym, thread or key."""

    condition: str
    code: str
    level: str
    minute: int = 0  # since 1970
    times: int = 1


def _waiting(words: str) -> str:
    """Words that are refused for want of a proof alone: marked apart, since nobody was called about them."""
    return f"{UNPROVEN} {words}"


async def forget_unproven(services: Services, device: str, words: str) -> None:
    """Words that were refused for want of a proof have been kept now: the row tells of one person less. Of nobody else's words.
    Never raises StoreError."""
    await forget_refused(services, await refused_before(services, device, _waiting(words)), None)


async def forget_refused(services: Services, earlier: Earlier | None, call: Call | None) -> None:
    """Words that were refused have been kept now: the row tells of one person less, and a call that has not gone out is
    replaced by `call`. Never raises StoreError."""
    if earlier is None:
        return
    try:
        left = await _take_one(services.store, earlier.row)
    except StoreError as error:
        log.warning("A refused plea that was kept later still stands in the queue: %s", error)
        return
    if left == 0 and call is not None:
        await retire(services, earlier.call)


async def tell(
    services: Services, row: RefusedRow, call: Call | None, device: str | None = None, words: str = ""
) -> None:
    """Put the row into the queue and the call into the outbox. Never raises StoreError. The call first: a process that
    dies in between has called, though the queue does not say it. The same words of the same device are one row, and one
    call while nobody has looked."""
    id_ = _id(row, services.now() // 60)
    earlier = await refused_before(services, device, words, id_)
    if earlier is not None and earlier.waits:
        return
    try:
        joined = call is not None and await _called(services, replace(call, id=id_))
        if earlier is None:
            await _count(services, row, id_)
        if call is not None:
            if joined:  # somebody else's, which may have been taken back before this one was counted
                await _called(services, replace(call, id=id_))
            await services.alerts.told()
    except StoreError as error:
        log.warning("A refused plea could not be put into the queue: %s", error)
        if call is not None:
            await services.alerts.tell_unkept(call)


async def _called(services: Services, call: Call) -> bool:
    """One call for all of a minute, as long as it waits: one at which somebody has looked, or that another replaced, begins anew.
    Whether there was one. It is written in any case, so that nobody takes it back who has read it before."""
    known = None
    for _ in range(_TRIES):
        known = next((one for one in await services.store.calls() if one.id == call.id), None)
        if known is not None and known.due is not None and known.due > services.now():
            return True  # it is going out, or is said again
        waits = known is not None and known.due is not None
        with suppress(Conflict):
            after = known if known is not None and waits else call
            await services.store.keep_call(replace(after, revision=known.revision if known else 0))
            break
    return known is not None


def _id(row: RefusedRow, minute: int) -> str:
    return f"{minute:09d}.{row.condition}.{row.code}.{row.level}"


async def _take_one(store: Store, id_: str) -> int | None:
    """How many the row tells of now; None where there was none to take."""
    for _ in range(_TRIES):
        known = await store.desk_row(REFUSED, id_)
        if known is None or not known.value["times"]:
            return None
        with suppress(Conflict):
            left = int(known.value["times"]) - 1
            await store.keep_desk_row(replace(known, value={**known.value, "times": left}))
            return left
    return None


async def _count(services: Services, row: RefusedRow, id_: str) -> None:
    minute = services.now() // 60
    value = {"condition": row.condition, "code": row.code, "level": row.level, "minute": minute}
    for _ in range(_TRIES):
        known = await services.store.desk_row(REFUSED, id_)
        times = int(known.value["times"]) + 1 if known else 1
        expires = services.now() + SHOWN_SECONDS
        counted = DeskRow(REFUSED, id_, {**value, "times": times}, expires, known.revision if known else 0)
        with suppress(Conflict):
            await services.store.keep_desk_row(counted)
            return


async def refused_pleas(store: Store, now: int) -> Sequence[RefusedRow]:
    """What the queue shows of the last 24 hours, the newest first."""
    rows = await store.desk_rows(REFUSED)
    found = [row for row in reversed(rows) if row.expires is None or row.expires > now]
    return [_read(row.value) for row in found if row.value["times"]]


def _read(value: Mapping[str, Any]) -> RefusedRow:
    return RefusedRow(value["condition"], value["code"], value["level"], value["minute"], value["times"])
