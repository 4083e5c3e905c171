"""Words that make a person into their condition, or into a victim of it."""

from __future__ import annotations

from generator.bodies.wording.rule import VOICES, Phrase, WordRule

PERSON_FIRST = WordRule(
    "person_first",
    "'{found}' makes the condition more than the person",
    "name the person first: `people with migraine`, `she has MS`, `he uses a wheelchair`",
    "https://www.nih.gov/nih-style-guide/person-first-destigmatizing-language",
    {
        "en": (
            Phrase(
                "suffer suffers suffering suffered",
                r"\b(?:who|people|patients?|person|women|men|children|adults|you|they|he|she)\s+"
                r"(?:(?:also|who|often|may|might|is|are|was|were)\s+)?suffer(?:s|ing|ed)?\s+(?:from|with)\b",
            ),
            Phrase("sufferer sufferers", r"\bsufferers?\b"),
            Phrase(
                "victim victims afflicted stricken",
                r"\bafflicted\s+(?:with|by)\b|\bstricken\s+(?:with|by)\b"
                r"|\b(?:cancer|stroke|aids|arthritis|dementia|migraine|polio)\s+victims?\b",
            ),
            Phrase(
                "wheelchair",
                r"\bwheelchair[\s-]bound\b|\b(?:confined|bound)\s+to\s+(?:a|his|her|their|the)\s+wheelchair\b",
            ),
            Phrase(
                "crippled cripple cripples retarded handicapped invalids lunatic lunatics",
                r"\b(?:crippled\s+by|cripples?|mentally\s+retarded|the\s+handicapped|handicapped\s+(?:people|persons?|children|veterans?)|invalids|lunatics?)\b",
            ),
            Phrase(
                "diabetics epileptics schizophrenics alcoholics addicts asthmatics arthritics disabled ill",
                r"\b(?:diabetics|epileptics|schizophrenics|alcoholics(?!\s+anonymous)|addicts|asthmatics|arthritics)\b"
                r"|\bthe\s+(?:disabled|mentally\s+ill)\b(?!\s+(?:veterans?|people|persons?|children|adults|members?|community|patients?|access|american))",
            ),
            Phrase(
                "epileptic schizophrenic addict abuser abusers",
                r"\ban?\s+(?:epileptic|schizophrenic|(?:drug\s+)?addict)\b(?!\s+(?:seizures?|fit|attack|episode|medicine|disorder))|\b(?:drug|substance|alcohol)\s+abusers?\b",
            ),
            Phrase("migraineur migraineurs", r"\bmigraineurs?\b", "migraine"),
            Phrase("mser msers rheumatics", r"\bms-?ers\b", "multiple-sclerosis"),
            Phrase(
                "rheumatics arthritic", r"\brheumatics\b|\ban\s+arthritic\b(?!\s+\w+)", "rheumatoid-arthritis"
            ),
        ),
        "es": (
            Phrase(
                "víctima víctimas",
                r"\bvíctimas?\s+de(?:l|\s+la|\s+una?)?\s+(?:enfermedad|migraña|esclerosis|artritis|cáncer|depresión)\b",
            ),
            Phrase(
                "sufre sufren sufrir sufriendo",
                r"\b(?:quien(?:es)?|personas?|pacientes?|mujeres|hombres|que)\s+(?:sufren?|sufrir)\s+(?:de\s+)?"
                r"(?:migrañas?|esclerosis|artritis|depresión|epilepsia|una\s+enfermedad)\b",
            ),
            Phrase(
                "minusválido minusválida minusválidos minusválidas inválido inválida inválidos inválidas",
                r"\b(?:minusválid|inválid)[oa]s?\b",
            ),
            Phrase(
                "ruedas",
                r"\b(?:postrad|confinad|atad|condenad)[oa]s?\s+(?:en|a)\s+(?:una|la|su)\s+silla\s+de\s+ruedas\b",
            ),
            Phrase(
                "diabéticos epilépticos esquizofrénicos discapacitados alcohólicos migrañosos migrañosas",
                r"\b(?:los|las|unos|un)\s+(?:diabéticos?|epilépticos?|esquizofrénicos?|discapacitados?|alcohólicos?|migrañosos?|migrañosas?)\b",
            ),
        ),
    },
    spared=VOICES,
)
