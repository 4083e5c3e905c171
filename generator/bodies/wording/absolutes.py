"""Promises that medicine cannot keep: cures, miracles, guarantees, treatments without any risk."""

from __future__ import annotations

from generator.bodies.wording.rule import Phrase, WordRule

_ILLS = (
    r"(?:migraines?|headaches?|ms|multiple\s+sclerosis|arthritis|fibromyalgia|epilepsy|pain|depression|cancer|diabetes|asthma"
    r"|(?:the\s+|your\s+)?disease)"
)
_MALES = r"(?:migrañas?|esclerosis|artritis|fibromialgia|epilepsia|depresión|cáncer|diabetes|enfermedad)"
# Who sells, and what for: words of the FDA's and FTC's warnings of health fraud.
_REMEDY = r"(?:cures?|remed(?:y|ies)|treatments?|solutions?|medicines?|supplements?|products?)"
ABSOLUTES = WordRule(
    "absolutes",
    "'{found}' promises more than medicine can keep",
    "say how many people it helped and how that is known, or that it is one person's experience",
    "https://ftc.gov/business-guidance/blog/2022/12/whats-new-what-isnt-ftcs-just-published-health-products-compliance-guidance",
    {
        "en": (
            Phrase("miracle miracles miraculous miraculously", r"\bmirac(?:le|les|ulous|ulously)\b"),
            Phrase(
                "guaranteed guarantee guarantees",
                r"\bguarantee[sd]?\s+(?:to\s+(?:work|cure|heal|help|stop|relieve|end|reverse|remove)|"
                r"(?:a\s+|complete\s+|full\s+)?(?:cure|relief|results?|recovery|success))\b|\b(?:cure|relief|results?|recovery)\s+guaranteed\b"
                r"|\b(?:cure|relief|recovery|success|freedom)\s+(?:from\s+\w+\s+)?is\s+guaranteed\b"
                r"|\bmoney[\s-]back\s+guarantee\b",
            ),
            Phrase(
                "cure cures cured",
                r"\b(?:will|can|could|does|to|that|which|actually|completely|fully|permanently|naturally)\s+cures?\b"
                r"|\bcures\s+(?:\w+\s+){0,2}(?:migraines?|headaches?|ms|multiple\s+sclerosis|arthritis|pain|depression|cancer|"
                r"diabetes|asthma|disease|everything|all|any|your)\b"
                r"|\b(?:natural|proven|complete|total|permanent|instant|simple|real|secret)\s+cures?\b"
                r"|\bcured\s+(?:me|him|her|us|them|my|his|hers?|their|for\s+good|forever|completely)\b",
            ),
            Phrase(
                "effects effect risk risks",
                r"\b(?:no|zero|without(?:\s+any)?)\s+(?:side[\s-]effects?|risks?\s+(?:at\s+all|whatsoever))\b"
                r"|\b(?:completely|totally|entirely|absolutely)\s+(?:risk[\s-]free|without\s+risk)\b"
                r"|\bfree\s+(?:of|from)\s+(?:any\s+|all\s+)?side[\s-]effects\b|\bside[\s-]effect[\s-]free\b",
                beside="no zero without completely totally entirely absolutely free",
            ),
            Phrase(
                "safe harmless effective",
                r"\b(?:completely|totally|entirely|absolutely|perfectly|100\s?%|100\s+per\s?cent|always)\s+"
                r"(?:safe|harmless|effective)\b",
                beside="completely totally entirely absolutely perfectly always 100",
            ),
            Phrase(
                "works work fails",
                r"\b(?:always\s+works?|works\s+(?:for\s+(?:everyone|everybody|anyone|anybody)|every\s+time|100\s?%)|never\s+fails)\b"
                r"|\bonly\s+(?:treatment|medicine|drug|remedy|diet|therapy)\s+that\s+(?:really\s+|truly\s+)?works\b(?!\s+for\s+(?:me|him|her)\b)",
                beside="always everyone everybody anyone anybody every never only 100",
            ),
            Phrase(
                "proven",
                r"\b(?:clinically|scientifically|medically)\s+proven\b",
                beside="clinically scientifically medically",
            ),
            Phrase(
                "reverses reverse eliminates eliminate heals heal banishes banish eradicates eradicate",
                rf"\b(?:reverses?|eliminates?|heals?|banish(?:es)?|eradicates?)\s+(?:your\s+|all\s+)?{_ILLS}\b",
            ),
            Phrase(
                "rid goodbye stops ends beats",
                rf"\b(?:rid\s+of|goodbye\s+to|stops|ends|beats)\s+(?:your\s+|the\s+)?{_ILLS}\s+"
                r"(?:for\s+good|for\s?ever|once\s+and\s+for\s+all|permanently)\b",
                beside="good ever forever once permanently",
            ),
            Phrase(
                "permanent definitive ultimate instant",
                r"\b(?:permanent|definitive|ultimate)\s+(?:solution|remedy|fix|answer)\s+(?:to|for)\b"
                r"|\binstant\s+(?:relief|results?|remedy)\b",
                beside="solution remedy fix answer relief result results",
            ),
            Phrase(
                "natural breakthrough ancient panacea",
                rf"\b100\s?%\s+natural\b|\ball[\s-]natural\s+{_REMEDY}\b|\bancient\s+(?:remedy|remedies|cures?)\b|\bpanacea\b"
                rf"|\bscientific\s+breakthrough\b|\bbreakthrough\s+that\s+(?:eliminates|cures|ends|reverses)\b",
            ),
            Phrase(
                "free",
                r"\byou\s*(?:['’]ll|\s+will)\s+(?:soon\s+)?be\s+(?:completely\s+)?(?:pain|symptom|migraine|headache)[\s-]free\b",
            ),
            Phrase(
                "wonder secret doctors detox detoxes pharma companies",
                r"\bwonder\s+(?:drug|cure|pill)s?\b|\bsecret\s+(?:remedy|remedies|cure|ingredient)\b"
                r"|\b(?:doctors|pharma|companies)\s+(?:do(?:es)?n['’]t|do(?:es)?\s+not|won['’]t)\s+(?:want\s+you\s+to|tell\s+you)\b"
                r"|\bdetox(?:es)?\s+your\s+(?:body|liver|system)\b",
            ),
        ),
        "es": (
            Phrase(
                "milagro milagros milagrosa milagroso milagrosas milagrosos", r"\bmilagr(?:os?|os[oa]s?)\b"
            ),
            Phrase(
                "garantizado garantizada garantizados garantizadas garantiza",
                r"\b(?:curación|alivio|resultados?|éxito|cura)\s+(?:(?:inmediat|rápid|total|complet)[oa]s?\s+)?garantizad[oa]s?\b"
                r"|\bgarantiza\s+(?:la\s+|el\s+|los\s+)?(?:curación|alivio|resultados?|cura)\b",
            ),
            Phrase(
                "cura curan curar cure",
                r"\b(?:cura\s+(?:definitiva|total|natural|completa)|(?:puede|pueden|logra|va\s+a)\s+curar)\b"
                r"|\bcuran?\s+(?:la|el|tu|su|las|los)\s+(?:migrañas?|dolor(?:es)?|esclerosis|artritis|depresión|cáncer|diabetes|enfermedad)\b",
            ),
            Phrase(
                "efecto efectos riesgo riesgos",
                r"\bsin\s+(?:ningún\s+|ningunos\s+)?(?:efectos?\s+(?:secundarios?|adversos?)|riesgos?\s+alguno)\b"
                r"|\bno\s+(?:tiene|produce|causa)\s+(?:ningún\s+)?efectos?\s+(?:secundarios?|adversos?)\b",
                beside="sin tiene produce causa",
            ),
            Phrase(
                "seguro segura eficaz inofensivo inofensiva",
                r"\b(?:totalmente|completamente|absolutamente|100\s?%)\s+(?:segur[oa]|eficaz|inofensiv[oa])\b",
                beside="totalmente completamente absolutamente 100",
            ),
            Phrase(
                "funciona falla",
                r"\b(?:siempre\s+funciona|nunca\s+falla|funciona\s+(?:para\s+tod[oa]s|(?:para|con)\s+todo\s+el\s+mundo|en\s+todos\s+los\s+casos))\b",
                beside="siempre nunca todos todas todo",
            ),
            Phrase(
                "elimina eliminan erradica erradican revierte revierten",
                rf"\b(?:eliminan?|erradican?|revierten?)\s+(?:la|el|tu|su|las|los)\s+{_MALES}\b"
                r"|\beliminan?\s+(?:el|tu|su|los)\s+dolor(?:es)?\s+(?:de\s+raíz|para\s+siempre|por\s+completo)\b",
            ),
            Phrase(
                "adiós olvídate",
                rf"\b(?:adiós\s+a|olvídate\s+de)l?\s+(?:(?:la|tu|las|tus)\s+)?(?:{_MALES}|dolor(?:es)?)\b",
            ),
            Phrase(
                "infalible infalibles definitiva definitivo definitivas definitivos mágico mágica mágicos mágicas",
                r"\b(?:remedio|método|tratamiento|solución|dieta)s?\s+(?:infalibles?|mágic[oa]s?|definitiv[oa]s?)\b",
            ),
            Phrase("natural naturales", r"\b100\s?%\s+natural(?:es)?\b", beside="100"),
            Phrase(
                "demostrado demostrada demostrados demostradas probado probada probados probadas",
                r"\b(?:clínica|científica)mente\s+(?:demostrad|probad)[oa]s?\b",
            ),
        ),
    },
    denied={
        "en": r"\b(?:no|not|never|n['’]t|cannot|nothing|nobody|neither|nor|none|without|isn['’]t|beware|wary|suspicious|anyone\s+who|"
        r"whoever|if\s+(?:somebody|someone|anyone|a)|promis(?:e[sd]?|ing)|claim(?:s|ed|ing)?|myths?|whether|search(?:ing)?\s+for|"
        r"research(?:ers)?|hope[sd]?|one\s+day|looking\s+for|trying\s+to|attempts?\s+to|way\s+to|unlikely|few|rarely|little)\b"
        r"[^.!?\n]{0,40}|\?\s*",
        "es": r"\b(?:no|nunca|ningún|ninguna|nada|nadie|ni|sin|desconf[ií]a\w*|promet\w+|quien|mitos?|si)\b[^.!?\n]{0,40}",
    },
)
