"""Owns crisis help: the helplines in the answer to a text that tells of danger, and the call to those on duty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from widgets.contract.manifest import HelpLine, Manifest
from widgets.function.state.services import Services
from widgets.rules.age import tells_age_below
from widgets.rules.crisis import Alert as AlertLevel
from widgets.rules.crisis import Kind, Plea, judge_plea
from widgets.store.calls import Call
from widgets.store.records import Comment

# For a site that names no helpline: a directory of helplines by country.
_ANYWHERE: Final = (HelpLine("Find a Helpline", url="https://findahelpline.com/"),)


_REASONS: Final = ("method", "crisis", "danger", "incitement", "pact", "method-shared")  # the first is told


@dataclass(frozen=True, slots=True)
class How:
    """How somebody is called. `proven`: a proof of work or a person vouches for it; `refused`: the code of a refusal."""

    alert: AlertLevel
    proven: bool = False
    refused: str = ""


_SELF: Final = frozenset({"suicide", "emergency", "listening"})
_HELPS: Final[Mapping[Kind, frozenset[str]]] = {
    "self": _SELF,
    "other": _SELF,
    "poisoning": frozenset({"poisoning", "emergency"}),
    "child": frozenset({"child", "emergency"}),
    "abuse": frozenset({"abuse", "emergency"}),
}


Tone = Literal["now", "past", "abuse"]


@dataclass(frozen=True, slots=True)
class Help:
    """What an answer gives to somebody who needs help; falsy where there is nothing to give. `tone`: in which words;
    `young`: its reader says to be younger than members here may be, so lines for children come first."""

    lines: tuple[HelpLine, ...] = ()
    tone: Tone = "now"
    young: bool = False

    def __bool__(self) -> bool:
        return bool(self.lines)


def help_for(manifest: Manifest, comment: Comment, spoken: Sequence[str] = ()) -> Help:
    """The lines of the page's language, of that of the words, and of those that the browser asks for (`spoken`).
    Empty where the comment is no plea."""
    pleads = not {"crisis", "danger"}.isdisjoint(comment.held)
    found = judge_plea(comment.text, comment.lang) if pleads else None
    young = tells_age_below(comment.text, manifest.minimum_age(comment.condition))
    return help_with(manifest, found, comment.lang, spoken, young=young)


def help_beside_decision(
    manifest: Manifest, words: Sequence[str], condition: str, lang: str, spoken: Sequence[str] = ()
) -> Help:
    """Help for whose text was decided against: what it was held for is settled by then, so that its words are read again.
    Empty where they are no plea."""
    pleas = [plea for one in words if (plea := judge_plea(one, lang)) is not None]
    young = any(tells_age_below(one, manifest.minimum_age(condition)) for one in words)
    return help_with(
        manifest, max(pleas, key=lambda one: one.urgency, default=None), lang, spoken, young=young
    )


def help_with(
    manifest: Manifest, plea: Plea | None, lang: str, spoken: Sequence[str] = (), *, young: bool = False
) -> Help:
    """Help for a plea that was sent from a page in `lang`; none without one."""
    if plea is None:
        return Help()
    lines = help_in(manifest, lang, plea.language, *spoken, kind=plea.kind, young=young)
    return Help(lines, _tone(plea), young)


def _tone(plea: Plea) -> Tone:
    """Whoever is beaten, or tells of a child that is, may share the device with who does it, long after too."""
    if plea.kind in ("abuse", "child"):
        return "abuse"
    return "past" if plea.level == "past" else "now"


def call_for(
    services: Services, manifest: Manifest, condition: str, reasons: Iterable[str], how: How
) -> Call | None:
    """A call for the outbox, to be written with what it is about; then `services.alerts.told()`. None where nobody is
    to be called, or can be."""
    if how.alert == "none" or not services.alerts.configured:
        return None
    known = manifest.conditions.get(condition)
    origin = known.origin if known else next(iter(manifest.origins), "")
    given = set(reasons)
    return Call(
        id=services.new_id(),
        condition=condition,
        reason=next((reason for reason in _REASONS if reason in given), "crisis"),
        site=origin,
        queue=services.alerts.link(origin),
        lang=manifest.default_language,
        created=services.now(),
        due=services.now(),
        at_once=how.alert == "at once",
        proven=how.proven,
        refused=how.refused,
    )


def help_in(
    manifest: Manifest, *languages: str, kind: Kind = "self", young: bool = False
) -> tuple[HelpLine, ...]:
    """The lines of these languages, those that are for this kind of danger first, before them
    those for children where `young`; where there are none those of the site's
    language, or a directory."""
    bases = dict.fromkeys(language.partition("-")[0] for language in languages)
    lines = [line for base in bases for line in manifest.help.get(base, ())]

    def rank(line: HelpLine) -> tuple[bool, bool]:
        kinds = line.kinds or ()
        return not (young and "child" in kinds), _HELPS[kind].isdisjoint(kinds)

    lines.sort(key=rank)
    return tuple(lines) or manifest.help.get(manifest.default_language.partition("-")[0], ()) or _ANYWHERE
