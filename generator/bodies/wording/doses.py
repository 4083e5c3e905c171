"""Doses, and advice to stop a medicine, on a page with neither sources nor a review."""

from __future__ import annotations

from generator.bodies.wording.rule import VOICES, Phrase, WordRule

_UNIT = r"(?:mg|mcg|µg|μg|milligram(?:me)?s?|microgram(?:me)?s?|ml|millilit(?:re|er)s?|iu)"
# A medicine by its group or its name. The lists are of those that these communities speak of; they need not be complete.
_NAMES = (
    r"(?:(?:suma|riza|zolmi|nara|ele|almo|frova)triptan|propranolol|metoprolol|topiramate|amitriptyline|valproate|candesartan"
    r"|methotrexate|sulfasalazine|hydroxychloroquine|leflunomide|adalimumab|predniso(?:lo)?ne|methylprednisolone|ibuprofen"
    r"|naproxen|diclofenac|paracetamol|acetaminophen|aspirin|codeine|tramadol|morphine|baclofen|gabapentin|pregabalin"
    r"|fingolimod|natalizumab|ocrelizumab|interferon|dimethyl\s+fumarate|teriflunomide|insulin|levothyroxine)"
)
_MEDICINE = (
    r"(?:medicines?|medications?|meds|drugs?|treatments?|tablets?|pills?|injections?|antidepressants?|steroids?|triptans?"
    r"|beta[\s-]?blockers?|painkillers?|opioids?|gepants?|nsaids?|dmards?|biologics?|anticonvulsants?|corticosteroids?"
    rf"|{_NAMES})"
)
_MEDICAMENTO = (
    r"(?:medicación|medicamentos?|medicinas?|tratamientos?|pastillas?|comprimidos?|antidepresivos?|triptan(?:es)?|triptán"
    r"|beta[\s-]?bloqueantes?|betabloqueadores?|analgésicos?|opioides?|gepantes?|corticoides?|esteroides?|antiinflamatorios?|biológicos?"
    r"|(?:suma|riza|zolmi|nara|ele|almo|frova)triptán|propranolol|metoprolol|topiramato|amitriptilina|valproato|candesartán"
    r"|metotrexato|sulfasalazina|hidroxicloroquina|leflunomida|adalimumab|prednisona|prednisolona|ibuprofeno|naproxeno|diclofenaco"
    r"|paracetamol|aspirina|codeína|tramadol|morfina|baclofeno|gabapentina|pregabalina|fingolimod|natalizumab|ocrelizumab|interferón|insulina)"
)
_YOUR = r"(?:your|the|any|all|this|these)"
DOSES = WordRule(
    "doses",
    "'{found}' is a dose or advice about one, on a page with neither sources nor a review",
    "add the source to `references:` and cite it as [^id], or have the page reviewed",
    "https://pifonline.org.uk/pif-tick/about/",
    {
        "en": (
            Phrase(
                "mg mcg µg μg milligram milligrams milligramme milligrammes microgram micrograms microgramme"
                " microgrammes ml millilitre millilitres milliliter milliliters iu",
                rf"(?<![\w.,])\d[\d.,]*(?:\s?(?:-|–|to)\s?\d[\d.,]*)?[\s-]?{_UNIT}\b(?!\s?(?:/|per\b|of\s+(?:water|tea|coffee)|(?:of\s+)?\w+\s+(?:per|in\s+(?:each|every|a|one))\s+(?:deci|milli)?lit(?:re|er)))",
            ),
            Phrase(
                "g gram grams",
                r"\b(?:take|taking|dose\s+of)\s+(?:up\s+to\s+)?\d[\d.,]*\s?(?:g|grams?)\b(?!\s?(?:/|per\b|of\b))",
                beside="take taking dose",
            ),
            Phrase(
                "stop quit discontinue",
                rf"\b(?:stop|quit|discontinue)\s+(?:(?:taking|using)\s+{_YOUR}|your)\s+(?:\w+\s+){{0,2}}{_MEDICINE}\b",
                beside="taking using your",
            ),
            Phrase(
                "stop quit discontinue",
                rf"\b(?:stop|quit|discontinue)\s+(?:taking|using)\s+{_MEDICINE}\b",
                beside="taking using",
            ),
            Phrase("come", rf"\bcome\s+off\s+(?:{_YOUR}\s+)?(?:\w+\s+)?{_MEDICINE}\b", beside="off"),
            Phrase(
                "double halve increase raise lower reduce skip cut swap replace",
                rf"\b(?:double|halve|increase|raise|lower|reduce|skip|cut|swap|replace)\s+your\s+{_MEDICINE}\b",
                beside="your",
            ),
            Phrase(
                "dose doses dosage",
                r"\b(?:double|halve|increase|raise|lower|reduce|cut|skip|change)\s+(?:your|the|a)\s+"
                r"(?:(?:next|morning|evening|daily|last)\s+)?(?:doses?|dosage)\b",
                beside="double halve increase raise lower reduce cut skip change",
            ),
            Phrase(
                "tablet tablets pill pills capsule capsules drops puff puffs dose doses",
                r"\btake\s+(?:\d+|one|two|three|four|half\s+a|another|an?\s+(?:extra|additional|second|further))\s+"
                r"(?:tablets?|pills?|capsules?|drops|puffs?|doses?)\b",
                beside="take",
            ),
            Phrase(
                "tablet tablets pill pills capsule capsules drops puff puffs",
                r"\b(?:\d+|one|two|three|four|half\s+an?|another|an?\s+(?:extra|additional|second|further))\s+"
                rf"(?:tablets?|pills?|capsules?|drops|puffs?)\s+of\s+{_NAMES}\b",
            ),
            Phrase(
                "stop quit",
                rf"\b(?:you\s+can|you\s+may|just|simply|safely)\s+(?:(?:safely|just|simply)\s+)?(?:stop|quit)\s+{_NAMES}\b",
                beside="can may just simply safely",
            ),
            Phrase(
                "wean taper",
                rf"\b(?:wean|taper)\s+(?:yourself\s+)?off\s+(?:your\s+)?{_MEDICINE}\b",
                beside="off",
            ),
            Phrase(
                "throw bin flush",
                rf"\b(?:throw\s+(?:away|out)|bin|flush)\s+your\s+{_MEDICINE}\b",
                beside="your",
            ),
            Phrase(
                "medication medications medicine medicines tablets pills injections painkillers steroids",
                r"\b(?:no\s+longer|do\s+not|don['’]t)\s+need\s+(?:to\s+take\s+)?your\s+(?:\w+\s+)?"
                r"(?:medications?|medicines?|tablets|pills|injections|painkillers|steroids)\b",
                beside="need",
            ),
            Phrase(
                "instead", rf"\binstead\s+of\s+(?:taking\s+)?your\s+(?:\w+\s+)?{_MEDICINE}\b", beside="your"
            ),
        ),
        "es": (
            Phrase(
                "mg mcg µg μg miligramo miligramos microgramo microgramos ml mililitro mililitros ui",
                r"(?<![\w.,])\d[\d.,]*(?:\s?(?:-|–|a)\s?\d[\d.,]*)?\s?(?:mg|mcg|µg|μg|miligramos?|microgramos?|ml|mililitros?|ui)"
                r"\b(?!\s?(?:/|por\b|de\s+(?:agua|té|café)))",
            ),
            Phrase(
                "g gramo gramos",
                r"\b(?:toma|tome|tomar|dosis\s+de)\s+(?:hasta\s+)?\d[\d.,]*\s?(?:g|gramos?)\b(?!\s?(?:/|de\b))",
                beside="toma tome tomar dosis",
            ),
            Phrase(
                "deja dejar deje suspende suspender suspenda",
                r"\b(?:deja|dejar|deje|suspende|suspender|suspenda)\s+(?:de\s+tomar\s+)?"
                rf"(?:tus?|sus?|el|la|los|las|esta|este)\s+{_MEDICAMENTO}\b",
            ),
            Phrase(
                "dosis",
                r"\b(?:dobl[ae]|dupli(?:ca|que)|aument[ae]|cambi[ae])\s+(?:tu|su|la|una)\s+dosis\b"
                r"|\b(?:sub|baj|salt)[ea]\s+(?:tu|la|una)\s+dosis\b"
                r"|\b(?:puedes?|debes?|deberías?|basta\s+con|hay\s+que)\s+"
                r"(?:doblar|duplicar|aumentar|subir|cambiar|bajar|reducir|saltar(?:te|se)?|omitir)\s+(?:tu|su|la|una)\s+(?:próxima\s+)?dosis\b"
                r"|\b(?:reduce|reduzca|sáltate|sáltese|omite|omita)\s+(?:tu|su|la|una)\s+(?:próxima\s+)?dosis\b",
            ),
            Phrase(
                "pastilla pastillas comprimido comprimidos cápsula cápsulas",
                r"\b(?:toma|tome|tómate|tómese)\s+(?:\d+|una?|dos|tres|media|medio|otr[oa])\s+(?:pastillas?|comprimidos?|cápsulas?)\b"
                r"(?!\s+de\s+jabón)",
                beside="toma tome tómate tómese",
            ),
            Phrase(
                "pastilla pastillas comprimido comprimidos cápsula cápsulas gotas",
                r"\b(?:\d+|una?|dos|tres|media|medio|otr[oa])\s+(?:pastillas?|comprimidos?|cápsulas?|gotas)\s+de\s+"
                rf"(?!jabón){_MEDICAMENTO}\b",
            ),
            Phrase(
                "vez lugar",
                rf"\ben\s+(?:vez|lugar)\s+de\s+(?:tomar\s+)?(?:tus?|sus?)\s+{_MEDICAMENTO}\b",
                beside="tu tus su sus",
            ),
        ),
    },
    denied={
        "en": r"\b(?:not|never|n['’]t|without|before|cannot|rather\s+than|instead\s+of|if\s+you|when\s+you|want\s+to|"
        r"wish\s+to|talk\s+about\s+whether\s+to|unless)\b[^.!?\n]{0,40}"
        # Others do it, and tell of it.
        r"|\b(?:doctors?|nurses?|teams?|specialists?|neurologists?|rheumatologists?|pharmacists?|gp|clinic)\s+"
        r"(?:may|might|can|could|will|would|often|usually|sometimes)\s+(?:\w+\s+){0,2}",
        "es": r"\b(?:no|nunca|jamás|sin|antes\s+de|si|cuando|quieres|quiere)\b[^.!?\n]{0,40}"
        r"|\b(?:médic[oa]|enfermer[oa]|neurólog[oa]|reumatólog[oa]|farmacéutic[oa]|equipo)\s+(?:\w+\s+){0,2}",
    },
    spared=VOICES | {"event"},
    unsourced=True,
)
