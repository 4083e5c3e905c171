"""Words by which a text calls itself reviewed: a page says so by ``reviewer`` alone, which is checked."""

from __future__ import annotations

from generator.bodies.wording.rule import Phrase, WordRule

_CHECKED = r"(?:reviewed|checked|verified|approved|vetted|signed\s+off)"
_REVISADO = r"(?:revisad|verificad|aprobad|avalad|validad)[oa]s?"
_REVISADOS = " ".join(
    f"{stem}{end}"
    for stem in ("revisad", "verificad", "aprobad", "avalad", "validad")
    for end in ("o", "a", "os", "as")
)
_EXPERT = (
    r"(?:(?:a|an|the|our|one\s+of\s+our)\s+)?(?:\w+\s+){0,2}?(?:doctors?|physicians?|clinicians?|nurses?|pharmacists?"
    r"|\w+ologists?|specialists?|medical\s+(?:team|board|panel|experts?)|dr)\b"
)
_EXPERTO = (
    r"(?:(?:un|una|el|la|nuestr[oa]s?)\s+)?(?:\w+\s+)?(?:médic[oa]s?|doctor(?:a|as|es)?|enfermer[oa]s?|\w+ólog[oa]s?"
    r"|especialistas?|farmacéutic[oa]s?|dra?)\b"
)
REVIEWED = WordRule(
    "reviews",
    "'{found}' says that the page was reviewed, and no review of it holds",
    "name who reviewed it by `reviewer` and `last_reviewed`, which readers see above and below the text; or take it out",
    "https://pifonline.org.uk/pif-tick/about/",
    {
        "en": (
            Phrase(
                "medically clinically",
                rf"\b(?:medically|clinically)\s+(?:{_CHECKED}|accurate)\b",
            ),
            Phrase(
                "medical clinical",
                r"\b(?:medical|clinical)\s+review(?:er)?(?:\s+by\b|\s*:)",
                beside="review reviewer",
            ),
            Phrase(
                "reviewed checked verified approved vetted signed",
                r"\b(?:this|these)\s+(?:page|article|text|guide|post|information|advice)\s+(?:was|is|were|has\s+been|have\s+been)"
                rf"\s+(?:\w+\s+)?{_CHECKED}\s+by\s+{_EXPERT}",
            ),
        ),
        "es": (
            Phrase(
                "médicamente clínicamente",
                rf"\b{_REVISADO}\s+(?:médica|clínica)mente\b|\b(?:médica|clínica)mente\s+{_REVISADO}\b",
            ),
            Phrase("revisión", r"\brevisión\s+(?:médica|clínica)(?:\s+por\b|\s*:)"),
            Phrase(
                "página artículo texto guía información contenido",
                r"\b(?:esta|este)\s+(?:página|artículo|texto|guía|información|contenido)\s+(?:fue|está|ha\s+sido)"
                rf"\s+{_REVISADO}\s+por\s+{_EXPERTO}",
                beside=_REVISADOS,
            ),
        ),
    },
    denied={
        "en": r"\b(?:not|never|no|nobody|none|isn['’]t|wasn['’]t|without|if|whether|when|until|unless|once|says?|claims?|look\s+for"
        r"|ask)\b[^.!?\n]{0,40}",
        "es": r"\b(?:no|nunca|nadie|ningun[oa]?|ningún|sin|si|cuando|hasta|dice|afirma|busque|busca)\b[^.!?\n]{0,40}",
    },
)
