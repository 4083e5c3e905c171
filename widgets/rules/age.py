"""Owns the judgement that the writer of a text says to be younger than those who may write here.

Only what somebody says of themselves, now: an age in words or figures, in English and Spanish. An age of somebody else, of
long ago, of a wait, a dose or a treatment is none. What nobody says is not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from widgets.rules.marks import normal, unmarked

_YOUNGEST: Final = 6  # who writes that they are three writes of something else
_OLDEST: Final = 17
_APOSTROPHES: Final = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'", "‘": "'"})
_ENGLISH: Final = (
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
)
_SPANISH: Final = ("seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece", "catorce", "quince")
_WORDS: Final[Mapping[str, int]] = {
    **{word: _YOUNGEST + at for at, word in enumerate((*_ENGLISH, "sixteen", "seventeen"))},
    **{word: _YOUNGEST + at for at, word in enumerate((*_SPANISH, "dieciseis", "diecisiete"))},
}
_NUMBERS: Final = rf"\d{{1,2}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))}"
_ENDS: Final = r"(?:(?=(?:yo|y/o|yrs?|years?|[mf])\b)|(?![\w%]|[.,:/]\d))"
_AGE: Final = rf"(?P<age>{_NUMBERS}){_ENDS}"
_TEENS: Final = "1[1-7]|once|doce|trece|catorce|quince|dieciseis|diecisiete"
_ADVERB: Final = r"(?:(?:only|just|almost|nearly|still|about|literally|like|actually|a|an|now|already|barely|solo|apenas|casi|ya|todavia|aun|recien)\s+)*"
_YEARS: Final = r"(?:[\s-]*(?:years?|yrs?|yo|y/o|y\.o\.)(?:[\s-]*olds?|[\s-]*of\s+age)?)"
_SOMEBODY: Final = (
    r"(?:\s*(?:girl|boy|kid|teen|teenager|female|male|student|child|trans\s+\w+|person|guy|[mf]|nb))"
)
# What makes "I'm 14" and "tengo 14" something else: a measure, a rank, a part of something.
_NO_MEASURE: Final = (
    r"(?!\s*(?:-|–)?\s*(?:weeks?|wks?|days?|months?|mths?|hours?|hrs?|minutes?|mins?|seconds?|miles?|km|kg|kilos?|lbs?|pounds?|"
    r"stone|feet|foot|ft|inches|cm|mg|ml|percent|per\s?cent|pills?|tablets?|doses?|units?|points?|steps?|sessions?|out\s+of|of|"
    r"in\s+(?:line|the\s+queue)|and\s+a\s+half\s+(?:weeks|months|hours)|times?|attacks?|"
    r"semanas?|dias?|meses|mes|horas?|minutos?|pastillas?|hijos?|hermanos?|gatos?|puntos|crisis|sesiones|euros|dolares)\b)"
)
# Years of something, not of a life: "14 years in remission", "tengo 14 años con migraña".
_NO_SPAN: Final = (
    r"(?!\s*(?:years?|yrs?)(?!\s*-?\s*(?:olds?\b|of\s+age))\s+(?:into|in|on|with|without|post|since|sober|clean|past|after|free|"
    r"of(?!\s+age)|out|from|deep|older|younger|away|ago|behind|apart)\b)"
    r"(?!\s*(?:-\s*)?years?\s+(?:survivor|veteran|sufferer|member|patient))"
    r"(?!\s+anos\s+(?:con|de(?!\s+edad)|sin|en|desde|que|siendo|luchando|viviendo|sufriendo|padeciendo|esperando|tomando|y\s+pico\s+con)\b)"
)
_BEFORE: Final = r"(?<![\w'])"
# Each with words of which one stands in all that it finds: most texts hold none.
_PATTERNS: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    # I'm 14, I am only fourteen years old, im a 15 yo girl, I turned 15, I'll be 14 in May
    (("",), rf"{_BEFORE}i(?:'m|m|\s+am|\s+be)\s+{_ADVERB}{_AGE}{_NO_MEASURE}{_NO_SPAN}"),
    (
        ("turned",),
        rf"{_BEFORE}i(?:'ve|\s+have)?\s+(?:just\s+|recently\s+)?turned\s+{_AGE}\s+(?:today|yesterday|last\s+(?:week|month)|this|a\s+(?:week|month)|in\s+\w+|on\b)",
    ),
    (("turned",), rf"{_BEFORE}i(?:'ve|\s+have)?\s+(?:just|recently)\s+turned\s+{_AGE}{_NO_MEASURE}"),
    (
        ("",),
        rf"{_BEFORE}i(?:'ll|\s+will|'m\s+going\s+to|\s+am\s+going\s+to)\s+(?:be|turn)\s+(?:turning\s+)?{_AGE}{_NO_MEASURE}{_NO_SPAN}",
    ),
    (("turning",), rf"{_BEFORE}i(?:'m|m|\s+am)\s+turning\s+{_AGE}{_NO_MEASURE}"),
    (("age",), rf"{_BEFORE}my\s+age\s+is\s+{_AGE}"),
    # as a 14 year old (girl), 14 year old here, 14F here
    (("",), rf"{_BEFORE}(?:as|being)\s+an?\s+{_AGE}{_YEARS}(?!\s+(?:survivor|veteran|with\s+a\s+\d))"),
    (("",), rf"^\W*{_AGE}(?:{_YEARS}{_SOMEBODY}?|\s*/?\s*[mf])\s+(?:here|with)\b"),
    (("here",), rf"{_BEFORE}{_AGE}{_YEARS}{_SOMEBODY}?\s+here\b"),
    (("here",), r"(?<![\w'.])(?P<age>\d{2})\s*/?\s*[mf]\s+here\b"),
    (("(", "["), r"(?<!\w)(?:i|me|i'm|im)\s*[(\[](?P<age>\d{2})\s*/?\s*[mf]?[)\]]"),
    (("(", "["), r"(?<!\w)(?:i|me)\s*[(\[][mf]\s*/?\s*(?P<age>\d{2})[)\]]"),
    # tengo 14 (años), acabo de cumplir 15, cumplo 15 mañana, soy una chica de 14 años, a mis 14 años
    (("tengo",), rf"(?<!\bno )\btengo\s+{_ADVERB}{_AGE}(?=\s+anos){_NO_SPAN}"),
    # A figure alone may be the strength of a pain, which ends at ten.
    (
        ("tengo",),
        rf"(?<!\bno )\btengo\s+{_ADVERB}(?P<age>{_TEENS})(?=\s*(?:[.,;!?)\n]|$)|\s+(?:y|pero|aunque|porque)\b)(?![.,]\d)",
    ),
    (("acabo",), rf"\bacabo\s+de\s+cumplir\s+(?:los\s+)?{_AGE}(?!\s+anos\s+(?:de(?!\s+edad)|con|sin|en))"),
    (
        ("cumpl",),
        rf"\b(?:cumplo|cumplire|voy\s+a\s+cumplir)\s+(?:los\s+)?{_AGE}(?!\s+anos\s+(?:de(?!\s+edad)|con|sin|en))",
    ),
    (("anos",), rf"\b(?:soy|siendo)\s+(?:(?:un|una|el|la)\s+)?(?:\w+\s+){{0,2}}de\s+{_AGE}\s+anos"),
    (("anos",), rf"\ba\s+mis\s+{_AGE}\s+anos"),
    (("edad",), rf"\bmi\s+edad\s+es\s+(?:de\s+)?{_AGE}"),
)
# Whoever quotes, or tells a time that is over, speaks of another or of then.
_THEN: Final = re.compile(
    r"\b(?:back\s+when|when|imagine|as\s+if|like|pretend(?:ing)?|says?|said|told\s+\w+|wrote|writes|tells?\s+\w+|screams?|"
    r"feel(?:s|ing)?\s+like|dice|dijo|como\s+si|cuando|imagina|finge)"
    r"\W*(?:that\W+|que\W+)?$"
)
_LOOK_BACK: Final = 40  # characters


def told_age(text: str) -> int | None:
    """The youngest age that the writer says to have, or to have soon; None where the text says none below 18."""
    plain = _folded(text)
    if not _some_number().search(plain):
        return None
    ages = [
        age
        for needed, pattern in _compiled()
        if any(map(plain.__contains__, needed))
        for found in pattern.finditer(plain)
        if _YOUNGEST <= (age := _number(found["age"])) <= _OLDEST
        and not _THEN.search(plain[max(0, found.start() - _LOOK_BACK) : found.start()])
    ]
    return min(ages, default=None)


def tells_age_below(text: str, minimum: int) -> bool:
    """Whether the writer says to be younger than `minimum`; never where that is 0."""
    age = told_age(text) if minimum else None
    return age is not None and age < minimum


@cache
def _compiled() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    """With the first text, and not where a reader waits for a cold start."""
    return tuple((needed, re.compile(pattern)) for needed, pattern in _PATTERNS)


@cache
def _some_number() -> re.Pattern[str]:
    """Without a number no pattern finds anything, and most texts have none."""
    return re.compile(_NUMBERS)


def _number(said: str) -> int:
    return int(said) if said.isdigit() else _WORDS[said]


def _folded(text: str) -> str:
    """Small letters without accents, apostrophes of one kind, spaces of one kind; `ñ` too loses its mark."""
    decomposed = normal("NFKD", text.translate(_APOSTROPHES)).casefold()
    return re.sub(r"[^\S\n]{2,}|[^\S \n]", " ", unmarked(decomposed))
