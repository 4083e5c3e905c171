"""Owns the way of a story or question through the rules, and its end: withdrawn or lapsed, nothing of it stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.state.services import Services
from widgets.function.state.voice_terms import erase_lapsed
from widgets.function.text.crisis_help import Help, How, call_for, help_with
from widgets.function.text.locks import device_marks, hold_of_device, read_holds
from widgets.function.text.long_looks import LONG, look
from widgets.function.text.name_claims import keep_erased_voice_name
from widgets.function.text.refused_pleas import judged
from widgets.function.text.voice_names import release_name
from widgets.function.text.withdrawn_pleas import plea_row
from widgets.rules.age import tells_age_below
from widgets.rules.claims import NO_CLAIMS, judge_claim
from widgets.rules.crisis import Plea
from widgets.rules.harm import judge_harm
from widgets.rules.personal_data import kinds, personal_data
from widgets.rules.personal_data.place import in_browser_units
from widgets.rules.publishing import Decision, Draft, decide
from widgets.rules.text import link_count, render_long
from widgets.rules.voices import lapsed
from widgets.store.calls import Call
from widgets.store.desk_records import DeskRow
from widgets.store.voices import VOICE_ID, Voice, Words

_LETTERS: Final = "bcdfghjkmnpqrstvwxz"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the rules say. Everything is read by a person: they say how soon, and whether somebody is called."""

    decision: Decision
    plea: Plea | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a writer sends: the words of the story, and a message to the desk beside them. `device`: None where a receipt
    stands in place of a key."""

    words: Words
    condition: str
    lang: str
    confirmed: bool
    by_form: bool
    device: str | None
    message: str = ""

    @property
    def text(self) -> str:
        return "\n\n".join(part for part in (self.words.title, self.words.text, self.message) if part)


async def review(services: Services, manifest: Manifest, told: Told) -> Reviewed:
    """Raises Problem personal-data where its writer can be asked; a plea is not sent back for that. Story and message are
    judged each by itself, since words beside a plea can weigh against it."""
    words = f"{told.words.title}\n\n{told.words.text}"
    plea = await judged([words, told.message], told.lang)
    on_hold = await _on_hold(services, manifest, told.device)
    return await look(partial(_review, services, manifest, told, plea, on_hold), max(LONG, len(told.text)))


async def _on_hold(services: Services, manifest: Manifest, device: str | None) -> bool:
    holds = await read_holds(services.store, services.now()) if device else []
    reached = (*manifest.conditions, *manifest.retired.conditions) if holds else ()
    return (
        bool(device) and hold_of_device(holds, device_marks(services.keys, reached, device or "")) is not None
    )


def _review(services: Services, manifest: Manifest, told: Told, plea: Plea | None, on_hold: bool) -> Reviewed:
    text = told.text
    found = personal_data(text, manifest.own_numbers())
    if plea is None and found and not (told.confirmed or told.by_form):
        raise Problem("personal-data", found=kinds(found), places=in_browser_units(text, found))
    draft = Draft(
        text=text,
        links=link_count(text, render_long(text)),
        policy="pre",
        approved_before=False,
        proven=True,
        seen_elsewhere=False,
        personal_data=kinds(found),
        confirmed=told.confirmed,
        device_on_hold=on_hold,
        plea=plea,
        claim=judge_claim(text, services.claims.get(told.condition, NO_CLAIMS)),
        harm=judge_harm(text, told.lang),
        young=tells_age_below(text, manifest.minimum_age(told.condition)),
    )
    return Reviewed(decide(draft), plea)


def help_told(manifest: Manifest, plea: Plea | None, text: str, voice: Voice, spoken: Sequence[str]) -> Help:
    """Lines for children first where the words give an age below the condition's."""
    young = tells_age_below(text, manifest.minimum_age(voice.condition))
    return help_with(manifest, plea, voice.lang, spoken, young=young)


def call_about(services: Services, manifest: Manifest, condition: str, reviewed: Reviewed) -> Call | None:
    decision = reviewed.decision
    return call_for(services, manifest, condition, decision.reasons, How(decision.alert, proven=True))


async def live(services: Services, voice: Voice | None) -> Voice | None:
    """The story, unless its time is over: then it is erased now, whether the purge has come by or not."""
    if voice is None or not lapsed(voice, services.now()):
        return voice
    await erase_lapsed(services.store, voice, services.now(), services.new_id)
    return None


async def live_all(services: Services, voices: Iterable[Voice]) -> list[Voice]:
    return [voice for one in voices if (voice := await live(services, one)) is not None]


async def voice_of(services: Services, id_: str) -> Voice | None:
    return await live(services, await services.store.voices.voice(id_) if VOICE_ID.fullmatch(id_) else None)


async def withdraw(services: Services, voice: Voice, *, all_of_it: bool = False) -> None:
    """By its writer. Of a plea that nobody had decided on, a trace without words stays, and of a name that was public that it
    was. `all_of_it`: together with all else that its writer has here. Raises Gone."""
    rows: tuple[DeskRow, ...] = ()
    if voice.state in ("sent", "read") and not {"crisis", "danger", "method"}.isdisjoint(voice.held):
        rows = (plea_row(services, voice.condition, voice.urgency),)
    await release_name(services.store, voice)
    await services.store.voices.remove(voice.id, voice.author, None, rows)
    if voice.pseudonym and voice.published:
        await keep_erased_voice_name(services, voice, all_of_it=all_of_it)


def new_voice_id(services: Services) -> str:
    """Eight letters of chance: an address that tells nothing, neither when nor by whom."""
    number = int.from_bytes(services.settings.random(8), "big")
    return "".join(_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(8))


def day_words(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
