"""Words that make a person into their condition, or into a victim of it."""

from __future__ import annotations

from generator.bodies.wording.rule import VOICES, Phrase, WordRule

_ILLS = (
    r"(?:ms|multiple\s+sclerosis|migraines?|arthritis|cancer|stroke|aids|dementia|polio|epilepsy|depression|parkinson['’]s|lupus"
    r"|(?:(?:a|the|this|her|his|their)\s+)?(?:disease|illness|disability))"
)
_MALES = r"(?:migrañas?|esclerosis|artritis|epilepsia|cáncer|depresión|lupus|demencia|(?:una\s+)?(?:discapacidad|enfermedad))"
# What follows where "the blind" are people: no name of a thing. Names of institutions have capitals.
_PEOPLE = r"(?=\s*(?:[,.;:!?)]|$)|\s+(?:and|or|can|cannot|are|were|have|who|with|will|may|should|need|do)\b)"
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
                "battling battled battles battle",
                rf"\bbattl(?:es|ed|ing)\s+(?:with\s+|against\s+)?{_ILLS}\b|\b(?:lost|losing)\s+(?:his|her|their)\s+battle\s+(?:with|against)\b",
            ),
            Phrase(
                "normal",
                r"\bnormal\s+(?:people|persons?|children|adults|women|men)\b",
                beside="people person persons children adults women men",
            ),
            Phrase("blind deaf", rf"\bthe\s+(?-i:blind|deaf)\b{_PEOPLE}"),
            Phrase(
                "needs",
                r"\b(?:people|persons?|children|child|kids|adults?|students?)\s+with\s+special\s+needs\b",
                beside="special",
            ),
            Phrase(
                "victim victims afflicted stricken",
                r"\bafflicted\s+(?:with|by)\b|\bstricken\s+(?:with|by)\b"
                r"|\b(?:cancer|stroke|aids|arthritis|dementia|migraine|polio)\s+victims?\b"
                rf"|\bvictims?\s+(?:of|to)\s+{_ILLS}\b",
            ),
            Phrase(
                "wheelchair confined bedridden",
                r"\bwheelchair[\s-]bound\b|\b(?:confined|bound)\s+to\s+(?:a|his|her|their|the)\s+wheelchair\b"
                r"|\bconfined\s+to\s+(?:(?:a|his|her|their)\s+)?bed\b|\bbedridden\b",
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
            Phrase("ers mser msers", r"\bms-?ers\b", "multiple-sclerosis"),
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
                "minusválido minusválida minusválidos minusválidas inválido inválida inválidos inválidas tullido tullida tullidos"
                " tullidas lisiado lisiada lisiados lisiadas subnormal subnormales disminuido disminuida disminuidos disminuidas",
                r"\b(?:minusválid|inválid|tullid|lisiad)[oa]s?\b|\bsubnormal(?:es)?\b"
                r"|\bdisminuid[oa]s?\s+(?:físic|psíquic|sensorial|mental)(?:[oa]s?|es)?\b",
            ),
            Phrase(
                "padece padecen padecer padecía padecían padeciendo padecido",
                rf"\bpadec(?:en?|er|ían?|iendo|ido)\s+(?:de\s+)?{_MALES}\b",
            ),
            Phrase(
                "enfermo enferma enfermos enfermas",
                rf"\b(?:los|las|unos|unas|un|una)\s+enferm[oa]s?\s+de\s+{_MALES}\b",
            ),
            Phrase(
                "persona personas gente",
                r"\bpersonas?\s+normal(?:es)?\b|\bgente\s+normal\b",
                beside="normal normales",
            ),
            Phrase(
                "ruedas",
                r"\b(?:postrad|confinad|atad|condenad)[oa]s?\s+(?:en|a)\s+(?:una|la|su)\s+silla\s+de\s+ruedas\b",
            ),
            Phrase(
                "diabético diabéticos epiléptico epilépticos esquizofrénico esquizofrénicos discapacitado discapacitados alcohólico"
                " alcohólicos migrañoso migrañosos migrañosa migrañosas",
                r"\b(?:los|las|unos|un)\s+(?:diabéticos?|epilépticos?|esquizofrénicos?|discapacitados?|alcohólicos?|migrañosos?|migrañosas?)\b",
            ),
        ),
    },
    spared=VOICES,
)
