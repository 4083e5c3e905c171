"""Words about suicide that hurt the bereaved and can add to the risk of readers."""

from __future__ import annotations

from generator.bodies.wording.rule import Phrase, WordRule

_SELF = r"(?:himself|herself|themselves|themself|myself|(?:his|her|their|my)\s+(?:own\s+)?life)"
SAFE_MESSAGING = WordRule(
    "safe_messaging",
    "'{found}' speaks of suicide as a crime, a success, a failure or a way out, or as spreading",
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
                r"\bsuicide\s+(?:epidemic|hot\s?spots?|craze|spree|wave|contagion|outbreak)\b"
                r"|\b(?:epidemic|wave|spree|outbreak|contagion)\s+of\s+suicides?\b",
            ),
            Phrase(
                "attempt",
                r"\bfailed\s+attempt\s+(?:to\s+(?:kill|end)|on\s+(?:his|her|their|my)\s+(?:own\s+)?life)\b",
                beside="failed",
            ),
            Phrase(
                "suicide", r"\bsuicide\s+(?:bids?|gestures?|threats?)\b|\bthreaten(?:s|ed|ing)?\s+suicide\b"
            ),
            Phrase(
                "suicide",
                r"\bsuicide\s+(?:is|was|seemed|became|looked\s+like)\s+(?:the|an?|her|his|their|your)\s+"
                r"(?:(?:only|easy|last|best)\s+)?(?:way\s+out|escape|solution|answer|option|release)\b",
            ),
            Phrase(
                "tried attempted",
                rf"\b(?:tried|attempted)\s+to\s+(?:kill|end)\s+{_SELF}\s*,?\s*(?:but|and)\s+(?:he\s+|she\s+|they\s+)?"
                r"(?:failed|was\s+unsuccessful|did\s+not\s+succeed|succeeded)\b",
                beside="kill end",
            ),
            Phrase(
                "succeed succeeds succeeded failed fails managed",
                rf"\b(?:succeed(?:s|ed)?\s+(?:in|at)\s+(?:killing|ending)|(?:fail(?:s|ed)|managed)\s+to\s+(?:kill|end))\s+{_SELF}\b",
                beside="kill killing end ending",
            ),
        ),
        "es": (
            Phrase(
                "suicidio suicidios", r"\bcomet(?:e|en|er|ió|ieron|ido|iendo|í)\s+(?:el\s+|un\s+)?suicidio\b"
            ),
            Phrase(
                "suicidio suicidios",
                r"\bsuicidios?\s+(?:(?:no\s+)?consumad|exitos|lograd|fallid|frustrad|incomplet)[oa]s?\b",
            ),
            Phrase(
                "suicidio suicidios",
                r"\b(?:epidemia|ola|oleada|contagios?|brotes?)\s+de\s+suicidios?\b|\bcontagio\s+del\s+suicidio\b",
            ),
            Phrase(
                "suicidio",
                r"\bsuicidio\s+(?:es|era|fue|como)\s+(?:la|una|su)\s+(?:única\s+)?(?:salida|solución|opción|liberación)\b",
            ),
            Phrase(
                "éxito logró consiguió",
                r"\b(?:suicid(?:arse|ó|io)|quitarse\s+la\s+vida)\s+(?:sin|con)\s+éxito\b"
                r"|\b(?:logró|consiguió)\s+(?:suicidarse|matarse|quitarse\s+la\s+vida)\b",
            ),
        ),
    },
)
