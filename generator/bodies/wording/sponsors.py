"""Pages that somebody pays for, and that do not say so above their text."""

from __future__ import annotations

from generator.bodies.wording.rule import Phrase, WordRule

SPONSORS = WordRule(
    "sponsors",
    "'{found}': somebody pays for this page, and it carries no label",
    "add a line `sponsor: …` that names who pays; readers see it above the text",
    "FTC, “The FTC’s Endorsement Guides: What People Are Asking”",
    {
        "en": (
            Phrase(
                "sponsored",
                r"\b(?:this\s+(?:page|post|article|content|story|guide)\s+(?:is|was|has\s+been)\s+|content\s+|kindly\s+)sponsored\s+by\b"
                r"|\bsponsored\s+(?:post|content|article|page)\b",
            ),
            Phrase(
                "paid",
                r"\bpaid\s+(?:partnership|promotion|content|advertisement)\b|\bthis\s+(?:page|post|article|content)\s+(?:is|was)\s+paid\s+for\s+by\b",
            ),
            Phrase("advertorial affiliate", r"\badvertorial\b|\baffiliate\s+links?\b"),
            Phrase(
                "supported funded possible",
                r"\b(?:page|article|content|post|guide)\s+(?:is|was)\s+(?:supported|funded|made\s+possible)\s+by\b",
            ),
            Phrase(
                "earn commission",
                r"\bwe\s+(?:may\s+)?(?:earn|receive)\s+a\s+(?:small\s+)?commission\b",
                beside="commission",
            ),
        ),
        "es": (
            Phrase(
                "patrocinado patrocinada",
                r"\b(?:contenido|artículo|página|post)\s+patrocinad[oa]\b|\bpatrocinad[oa]\s+por\b",
            ),
            Phrase(
                "publirreportaje afiliado afiliados afiliada afiliadas",
                r"\bpublirreportaje\b|\benlaces?\s+de\s+afiliad[oa]s?\b",
            ),
            Phrase("pagada pagado", r"\bcolaboración\s+pagada\b|\bpromoción\s+pagada\b"),
        ),
    },
)
