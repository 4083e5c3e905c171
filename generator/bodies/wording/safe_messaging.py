"""Words about suicide that hurt the bereaved and can add to the risk of readers."""

from __future__ import annotations

from generator.bodies.wording.rule import Phrase, WordRule

SAFE_MESSAGING = WordRule(
    "safe_messaging",
    "'{found}' speaks of suicide as a crime, a success or a failure, or as spreading",
    "write `died by suicide`, `ended his life`, `a suicide attempt`; name help near it with ::crisis",
    "https://paho.org/en/node/92857",
    {
        "en": (
            Phrase("suicide", r"\bcommit(?:s|ted|ting)?\s+suicide\b"),
            Phrase(
                "suicide suicides",
                r"\b(?:successful|completed|failed|unsuccessful|botched)\s+(?:suicides?|attempts?\s+at\s+suicide)\b",
            ),
            Phrase(
                "suicide suicides",
                r"\bsuicide\s+(?:epidemic|hot\s?spots?|craze|spree|wave)\b|\b(?:epidemic|wave|spree)\s+of\s+suicides?\b",
            ),
            Phrase(
                "attempt",
                r"\bfailed\s+attempt\s+(?:to\s+(?:kill|end)|on\s+(?:his|her|their|my)\s+(?:own\s+)?life)\b",
            ),
        ),
        "es": (
            Phrase("suicidio suicidios", r"\bcomet(?:e|en|er|ió|ieron|ido|iendo|í)\s+(?:el\s+)?suicidio\b"),
            Phrase(
                "suicidio suicidios",
                r"\bsuicidios?\s+(?:consumados?|exitosos?|logrados?|fallidos?|frustrados?)\b",
            ),
            Phrase("suicidio suicidios", r"\b(?:epidemia|ola|oleada)\s+de\s+suicidios?\b"),
        ),
    },
)
