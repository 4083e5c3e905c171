"""Words, sentences and titles that look like health writing to a parser, a search index and a compressor."""

from __future__ import annotations

from itertools import accumulate
from random import Random


def words_of(text: str) -> tuple[str, ...]:
    """The words of *text*: a list that stays readable in the source."""
    return tuple(text.split())


_COMMON = words_of(
    "the and to of a in it is you that for with can not on or may be your this are have as from they some "
    "people when many at more but what if often help day days who about than one time there their them how "
    "which after before other most feel pain tired rest sleep work family doctor nurse clinic treatment "
    "symptom attack medicine dose body brain joint nerve light sound food water walk plan diary trigger "
    "season weather morning evening week month year early late slow small large clear plain good bad better "
    "worse mild severe common rare steady sudden ask tell write read keep change start stop try wait talk "
    "listen share notice record compare prepare pace cancel return recover support question answer story "
    "friend partner child colleague neighbour community group team visit letter result test scan blood heart "
    "hand foot back neck head eye ear skin muscle energy fatigue stress mood memory focus balance travel "
    "school money benefit rights tool chair pillow screen noise heat cold"
)
_ONSETS = words_of("b br c cl d dr f fl g gr h l m n p pr r s st t tr v w")
_VOWELS = words_of("a e i o u ae ea io ou")
_CODAS = words_of("l m n r s t nd rt st x")
_OPENERS = (
    "Many people find that",
    "It can help when",
    "Nobody told us that",
    "On a bad day",
    "After a while",
    "Some of us notice that",
    "Your care team may say that",
    "In the first weeks",
)
_SUBJECTS = (
    "Pacing", "Sleep", "Fatigue", "Travel", "Work", "Food and drink", "Heat", "Light and noise", "Memory",
    "Stairs", "Waiting rooms", "Mornings", "Side effects", "Test results", "Family meals", "Exercise",
    "School", "Money", "Stress", "Weather", "Holidays", "Driving", "Cooking", "Friendship",
)  # fmt: skip
_ANGLES = (
    "what helped us", "questions to ask", "the first year", "a plain guide", "on a bad day", "small steps",
    "what to expect", "how to prepare", "when it changes", "words that help", "a diary that works",
    "for people close to you", "myths and facts", "after the diagnosis", "and asking for help",
)  # fmt: skip
RARE_WORDS = 44_000


class Prose:
    """A fixed vocabulary with Zipf's weights; every method draws from the *rng* it is handed."""

    def __init__(self, seed: int) -> None:
        rng = Random(f"{seed}/vocabulary")
        rare = dict.fromkeys(_invent_word(rng) for _ in range(RARE_WORDS))
        self.vocabulary: tuple[str, ...] = tuple(dict.fromkeys((*_COMMON, *rare)))
        self._weights: list[float] = list(
            accumulate((rank + 2.7) ** -1.15 for rank in range(len(self.vocabulary)))
        )

    def words(self, rng: Random, count: int) -> list[str]:
        return rng.choices(self.vocabulary, cum_weights=self._weights, k=count)

    def phrase(self, rng: Random, low: int, high: int) -> str:
        """*low* to *high* words, the first with a capital, no full stop."""
        text = " ".join(self.words(rng, rng.randint(low, high)))
        return text[0].upper() + text[1:]

    def sentence(self, rng: Random) -> str:
        """7 to 22 words, with a comma, quotation marks, a dash or an apostrophe here and there."""
        words = self.words(rng, rng.randint(7, 22))
        shape = rng.random()
        middle = len(words) // 2
        if shape < 0.30:
            words[middle] += ","
        elif shape < 0.38:
            words[middle] = f'"{words[middle]}"'
        elif shape < 0.44:
            words[middle] += " -- and"
        elif shape < 0.52:
            words[0] = "it's"
        text = " ".join(words)
        if shape > 0.85:
            return f"{rng.choice(_OPENERS)} {text}."
        return text[0].upper() + text[1:] + ("?" if 0.80 < shape <= 0.85 else ".")

    def title(self, rng: Random) -> str:
        return f"{rng.choice(_SUBJECTS)}: {rng.choice(_ANGLES)}"


def _invent_word(rng: Random) -> str:
    syllables = rng.choice((1, 1, 2, 2, 2, 3))
    return "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(syllables)) + rng.choice(_CODAS)
