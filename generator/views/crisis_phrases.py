"""The words and phrases in which readers of a search ask for help, whatever a site's crisis lines are found by."""

from __future__ import annotations

from typing import Final

# Of all languages on every page: in a crisis people write in their own. The last word of a phrase may go on from five
# letters on (``suicid``: suicidal), so no phrase ends in the beginning of a harmless word of that length.
PHRASES: Final = (
    # English
    "suicid", "want to die", "wanna die", "wish to die", "wish i was dead", "wish i were dead", "want to be dead",
    "better off dead", "kill myself", "killing myself", "hang myself", "end my life", "ending my life", "end it all",
    "take my own life", "taking my own life", "don't want to live", "dont want to live", "do not want to live",
    "don't want to be alive", "dont want to be alive",
    "no reason to live", "self-harm", "selfharm", "self-harming",
    # Spanish
    "quiero morir", "quisiera morir", "ganas de morir", "quiero estar muert", "matarme", "me quiero matar", "me voy a matar",
    "quitarme la vida", "acabar con mi vida", "terminar con mi vida", "no quiero vivir", "no quiero seguir vivi",
    "hacerme daño", "autolesi",
    # French
    "veux mourir", "voudrais mourir", "envie de mourir", "me tuer", "mettre fin à mes jours", "en finir avec la vie",
    "m'ôter la vie", "veux plus vivre", "me faire du mal", "automutil",
    # German
    "suizid", "selbstmord", "selbsttötung", "will sterben", "möchte sterben", "will nicht mehr leben",
    "möchte nicht mehr leben", "mich umbringen", "bringe mich um", "mich töten", "mir das leben nehmen",
    "nehme mir das leben", "mein leben beenden", "selbstverletz",
    # Portuguese
    "quero morrer", "queria morrer", "vontade de morrer", "me matar", "tirar a minha vida", "tirar minha vida",
    "acabar com a minha vida", "acabar com minha vida", "não quero viver", "não quero mais viver", "automutila",
    # Italian
    "voglio morire", "vorrei morire", "voglia di morire", "uccidermi", "ammazzarmi", "farla finita", "togliermi la vita",
    "non voglio più vivere", "voglio vivere più", "farmi del male", "autolesion",
)  # fmt: skip
