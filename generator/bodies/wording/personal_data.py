"""What gives a person away in a story: addresses, numbers, days of birth."""

from __future__ import annotations

from generator.bodies.wording.rule import VOICES, Phrase, WordRule

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
PERSONAL_DATA = WordRule(
    "personal_data",
    "'{found}' can give away who tells the story, or somebody in it",
    "leave it out, or say it less exactly: a year, a region, `my doctor`",
    "https://www.hhs.gov/hipaa/for-professionals/privacy/special-topics/de-identification/index.html",
    {
        "": (
            Phrase("@", r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"),
            Phrase(
                "",
                r"\d(?<![\w.,/-]\d)\d{1,3}\)?(?:[ .-]?\d{2,4}){2,4}(?![\w.,/%-]|\s?(?:mg|ml|%|people|€|£|\$))",
            ),
            Phrase(
                "born nació nacida nacido birth nacimiento",
                rf"\b(?:born\s+on|date\s+of\s+birth|nació\s+el|nacid[oa]\s+el|fecha\s+de\s+nacimiento)\W+"
                rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+|de\s+)?(?:{_MONTHS})|(?:{_MONTHS})\s+\d{{1,2}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})",
            ),
        ),
        "en": (
            Phrase(
                "street road avenue lane drive",
                r"\b\d{1,4}[a-z]?\s+(?-i:[A-Z]\w+(?:\s[A-Z]\w+)?\s(?:Street|Road|Avenue|Lane|Drive))\b",
            ),
        ),
        "es": (
            Phrase(
                "calle avenida plaza paseo",
                r"\b(?:calle|avenida|plaza|paseo)\s+(?:de\s+(?:la\s+|los\s+)?)?(?-i:[A-ZÁÉÍÓÚÑ]\w+)(?:\s\w+){0,3},?\s+\d{1,4}\b",
            ),
        ),
    },
    only=VOICES,
    mentions=True,
)
