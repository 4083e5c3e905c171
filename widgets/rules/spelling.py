"""Owns how the few words on which a plea hangs are misspelt, shortened and hidden.

Only a word that no list knows is looked up here, but for the abbreviations: whoever is in distress types as it comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

_LONGEST: Final = 14

# Chat spellings. A value of several words stands for each of them.
SHORT: Final[Mapping[str, str]] = {
    **{"2nite": "tonight", "2night": "tonight", "tonite": "tonight", "2day": "today", "tmrw": "tomorrow"},
    **{"2moro": "tomorrow", "2morrow": "tomorrow", "tmr": "tomorrow", "tn": "tonight", "u": "you"},
    **{"ur": "your", "r": "are", "b": "be", "w": "with", "wo": "without", "abt": "about", "thru": "through"},
    **{"cuz": "because", "coz": "because", "bcuz": "because", "idk": "i dont know", "ded": "dead"},
    **{"dnt": "dont", "cnt": "cant", "ppl": "people", "plz": "please", "sry": "sorry", "gna": "gonna"},
    **{"wanto": "want to", "wana": "wanna", "goin": "going", "killin": "killing", "livin": "living"},
    **{"urself": "yourself", "yaself": "yourself", "myselves": "myself", "meds": "meds", "sui": "suicide"},
    **{"kiero": "quiero", "kero": "quiero", "qiero": "quiero", "qero": "quiero", "kieren": "quieren"},
    **{
        "kiere": "quiere",
        "ke": "que",
        "q": "que",
        "k": "que",
        "xq": "porque",
        "pq": "porque",
        "xk": "porque",
    },
    **{"stoy": "estoy", "toy": "estoy", "toi": "estoy", "pa": "para", "ksa": "casa", "bida": "vida"},
    **{"bibir": "vivir", "biva": "viva", "arta": "harta", "arto": "harto", "manyana": "manana"},
    **{"hir": "ir", "m": "me", "d": "de"},
    **{"nadien": "nadie", "aser": "hacer", "asiendo": "haciendo", "boy": "voy", "aogarme": "ahogarme"},
}
# What is no misspelling of a word of another language.
_NOT_SHORT: Final = frozenset({"boy", "toy", "meds"})

# Words of four and five letters have too many neighbours: their misspellings are told one by one.
_TOLD: Final[Mapping[str, str]] = {
    "kill": "kil kll kiil klil kilk killl kiull",
    "want": "wnt wan watn wamt wannt whant",
    "die": "dei diee dye",
    "dead": "deda daed",
    "alive": "alve aliv alife",
    "death": "deth daeth deaht",
    "wish": "wsh wihs wich",
    "life": "lief lfe",
    "morir": "morrir moriir moir moriri",
    "vivir": "vivr vivvir",
    "vida": "vdia vda",
    "matar": "mattar mtar mataar",
    "bridge": "brige brdige bridg",
    "pills": "pilss pils pillz pilz",
    "gonna": "gona goona gunna gonan",
    "dying": "dieing diyng dyin",
    "hang": "hnag",
    "suicide": "suiside sewerside",
    "sewerslide": "suerslide sewersliding sewerslid",
    "suicidal": "suicidle suicidel suisidal suecidal suicial sucidle",
    "overdose": "overdoes overdos",
}
# Longer ones are known with one letter wrong, missing, doubled, or changed for its neighbour.
_LONG: Final = (
    *("myself", "suicide", "suicidal", "overdose", "overdosed", "tonight", "tomorrow", "goodbye", "killing"),
    *("tablets", "ending", "yourself", "herself", "himself", "quiero", "morirme", "matarme", "suicidar"),
    *("suicidarme", "suicidarse", "suicidio", "suicida", "pastillas", "ahorcarme", "colgarme", "despedida"),
    *("sobredosis", "despertar", "desaparecer", "sterben", "umbringen", "mourir", "suicider", "morrer"),
)
# Real words that lie one letter off one of the above.
_ORDINARY: Final = frozenset(
    (
        *("billing", "filling", "milling", "tilling", "willing", "spilling", "skilling", "kissing"),
        *("sending", "bending", "mending", "vending", "tending", "lending", "fending", "pending"),
        *("binding", "suicides", "weekend", "itself", "oneself", "tablet", "cablets", "quieto"),
        *("quiere", "quieres", "sterbend", "matarse", "morirse", "colgarse", "ahorcarse", "lamento"),
        *("suicidas", "suicido", "suicidar", "despedido", "despedidas", "pastilla", "night", "tonights"),
        *("overdoses", "finding", "landing", "standing", "wedding", "editing", "mourier", "nourrir"),
        *("courir", "pourir", "goodbyes", "suicided", "morreu", "morrem", "morreram", "mourra"),
    )
)


# Spanish words on which a plea hangs, which are often written as they sound: b for v, no h, k for qu, y for ll, s for z and c.
_SOUNDED: Final = (
    *(
        "quiero",
        "quitarme",
        "quitar",
        "vida",
        "vivir",
        "viva",
        "vivo",
        "hoy",
        "ahora",
        "decidido",
        "decidida",
        "aguanto",
    ),
    *(
        "hacer",
        "hacerlo",
        "acabar",
        "acabo",
        "venas",
        "caja",
        "cajas",
        "pastillas",
        "pastilla",
        "busquen",
        "busqueis",
    ),
    *(
        "suicidar",
        "suicidarme",
        "suicidio",
        "suicida",
        "tirarme",
        "ahorco",
        "ahorcarme",
        "ahorcar",
        "despedida",
        "noche",
    ),
    *(
        "cuchilla",
        "cuchillo",
        "llorar",
        "hijos",
        "hijo",
        "cansada",
        "cansado",
        "nadie",
        "siempre",
        "adios",
        "harto",
    ),
    *(
        "harta",
        "matarme",
        "morir",
        "morirme",
        "desaparecer",
        "envenenarme",
        "tragado",
        "tomado",
        "cuerda",
        "azotea",
    ),
    *(
        "veneno",
        "vivos",
        "volver",
        "vuelvo",
        "llamen",
        "lleve",
        "llevar",
        "hago",
        "he",
        "haber",
        "hasta",
        "existir",
    ),
)
_SOUNDS: Final = (
    ("qu", "k"),
    ("ll", "y"),
    ("ch", "#"),
    ("h", ""),
    ("v", "b"),
    ("z", "s"),
    ("x", "s"),
    ("w", "u"),
)


def _sound(word: str) -> str:
    """How Spanish letters sound, so that words which sound alike are equal."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    soft = "".join(
        ("s" if word[at + 1 : at + 2] in ("e", "i") else "k") if letter == "c" else letter
        for at, letter in enumerate(word)
    )
    return soft.replace("j", "g") if "ge" in soft or "gi" in soft or "je" in soft or "ji" in soft else soft


@cache
def _by_sound() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for word in _SOUNDED:
        found.setdefault(_sound(word), word)
    return found


def sounding(word: str) -> str:
    """The Spanish word of a plea that sounds like an unknown one of four letters or more; else the word itself."""
    return _by_sound().get(_sound(word), word) if 4 <= len(word) <= _LONGEST else word


# Words that exist, and are misspelt Spanish only before an infinitive (``boy a matarme``) or a participle (``e tomado``).
_GOING: Final = frozenset({"boy", "boi", "voi"})
_INFINITIVE: Final = ("rme", "arlo", "erlo", "arla", "ar", "er", "ir")
_TODAY: Final = frozenset({"oi", "oy"})
_TOLD_BY_NEIGHBOURS: Final = _GOING | _TODAY | {"e"}


def depends_on_context(words: Iterable[str]) -> bool:
    """Whether `in_context` may read one of these words as another."""
    return not _TOLD_BY_NEIGHBOURS.isdisjoint(words)


def in_context(words: list[str]) -> Iterator[str]:
    """Misspelt words that only their neighbours tell."""
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        then = words[at + 2] if at + 2 < len(words) else ""
        if word in _GOING and (after == "a" and (before == "me" or then.endswith(_INFINITIVE[:4]))):
            yield "voy"
        elif word in _TODAY and len(words) > 1:
            yield "hoy"
        elif (
            word == "e"
            and after.endswith(("ado", "ido", "ada"))
            and before in ("", "me", "lo", "ya", "yo", ".", ",")
        ):
            yield "he"
        else:
            yield word


def respelt(word: str) -> str:
    """The word that an abbreviation or a misspelling stands for; else the word itself."""
    if word in SHORT and word not in _NOT_SHORT:
        return SHORT[word]
    return word


@cache
def _known() -> Mapping[str, str]:
    """The words that misspellings are known of, by each of their misspellings and by what is left of them
    without one letter."""
    known = {wrong: right for right, many in _TOLD.items() for wrong in many.split()}
    for word in _LONG:
        for shorter in (word, *_without_one(word)):
            known.setdefault(shorter, word)
    return known


def corrected(word: str) -> str:
    """The word that is meant by one which nobody knows; else the word itself. The work is that of its letters,
    and none for words that are longer than any."""
    if len(word) > _LONGEST or word in _ORDINARY:
        return word
    known = _known()
    if (meant := known.get(word)) is not None:
        return meant
    if len(word) < 5:
        return word
    for shorter in _without_one(word):
        meant = known.get(shorter)
        if meant is not None and meant in _LONG and meant[0] == word[0] and abs(len(meant) - len(word)) <= 1:
            return meant
    return word


def unstarred(word: str) -> str:
    """`k*ll` and `suic*de` as what they hide, where a star stands for one letter of a word of pleas."""
    if len(word) > _LONGEST:
        return word
    for meant in _hidden().get((word[0], len(word)), ()):
        if all(one in ("*", other) for one, other in zip(word, meant, strict=True)):
            return meant
    return word


@cache
def _hidden() -> Mapping[tuple[str, int], tuple[str, ...]]:
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for word in (*_TOLD, *_LONG, "cutting", "hanging", "kills", "dies"):
        for first in (word[0], "*"):
            found[first, len(word)] = (*found.get((first, len(word)), ()), word)
    return found


def _without_one(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
