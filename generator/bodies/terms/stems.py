"""Words to keys: the folded Snowball stem stands for all written forms of a word."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import NamedTuple

from generator.bodies.terms.stop_words import stop_words
from generator.bodies.terms.words import chunk_words, chunks_of, ends_of_runs, fold, token_text

_ALGORITHMS = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech", "da": "danish", "nl": "dutch",
    "en": "english", "eo": "esperanto", "et": "estonian", "fi": "finnish", "fr": "french", "de": "german",
    "el": "greek", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "fa": "persian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "es": "spanish",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
# More tokens than a language has in use; a corpus beyond it loses its cache, not its words.
_KNOWN = 400_000


class Keyed(NamedTuple):
    """What a token holds: *keys* of its words without stop words, *every* key, *plain* keys in order without joined ones
    and ends of runs, and *forms*: key and form of each word but stop words, joined by a tab.
    """

    keys: tuple[str, ...]
    every: tuple[str, ...]
    plain: tuple[str, ...]
    forms: tuple[str, ...]


class _Tokens(dict[bytes, Keyed]):
    """What is known of tokens; *analyse* is called for the text of each that is not."""

    def __init__(self, analyse: Callable[[str], Keyed]) -> None:
        self._analyse = analyse

    def __missing__(self, token: bytes) -> Keyed:
        text = token_text(token)
        bare = text.encode("utf-8", "surrogatepass")
        if bare != token:
            # Not kept: a bare token has many neighbours, and one look-up more costs less than an entry for each.
            return self[bare]
        if len(self) >= _KNOWN:
            self.clear()
        known = self[token] = self._analyse(text)
        return known


class Analyzer:
    """Tokens to forms and keys in one language; a token is one of ``tokens_of``. Each is analysed once."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.stop = stop_words(language)
        self._stem = _stemmer(language)
        self._keys: dict[str, str] = {}
        #: The forms and keys of a token.
        self.keyed: Callable[[bytes], Keyed] = _Tokens(self._analysed).__getitem__
        #: Forms that do not begin with their key, joined behind it by a tab, and the same joined before it.
        self.leading: dict[str, str] = {}

    def _analysed(self, token: str) -> Keyed:
        pairs: list[tuple[str, str]] = []
        plain: list[str] = []
        for chunk in chunks_of(token):
            words, joined = chunk_words(chunk, self.language)
            # Stemmers know accents, so a whole word is stemmed as it is written.
            single = len(words) == 1 and chunk.isalpha()
            own = [(word, self._key(chunk if single else word)) for word in words]
            plain += (key for _, key in own if key not in self.stop)
            pairs += own
            if joined:
                pairs.append((joined, self._key(joined)))
            pairs += ((sign, sign) for sign in ends_of_runs(chunk, self.language))
        every = tuple(key for _, key in pairs)
        forms = tuple(f"{key}\t{form}" for form, key in pairs if key not in self.stop)
        for form, key in pairs:
            if not form.startswith(key):
                self.leading[f"{key}\t{form}"] = f"{form}\t{key}"
        keys = tuple(key for key in every if key not in self.stop)
        # Mostly all three are equal: one value is kept then.
        keys = every if keys == every else keys
        return Keyed(keys, every, keys if keys == tuple(plain) else tuple(plain), forms)

    def _key(self, word: str) -> str:
        """The key of a word as written: its stem, folded; stop words and numbers are their own."""
        known = self._keys.get(word)
        if known is None:
            plain = fold(word, self.language).strip().replace(" ", "")
            stem = plain if plain in self.stop or not plain.isalpha() else self._stem(word)
            known = fold(stem, self.language).strip().replace(" ", "")[:40] or plain
            self._keys[word] = known
        return known


@functools.cache
def analyzer(language: str) -> Analyzer:
    """The analyzer of *language*, one for each process: what it learned stays true."""
    return Analyzer(language)


def _stemmer(language: str) -> Callable[[str], str]:
    """Snowball's stemmer of a language; words stay as they are where there is none."""
    algorithm = _ALGORITHMS.get(language.partition("-")[0])
    if algorithm is None:
        return str
    # Imported here, because only builds that index need it.
    import snowballstemmer  # type: ignore[import-untyped]

    stem: Callable[[str], str] = snowballstemmer.stemmer(algorithm).stemWord
    return english_stemmer(stem) if algorithm == "english" else stem


def english_stemmer(stem: Callable[[str], str]) -> Callable[[str], str]:
    """Snowball's English stemmer, asked only for words whose ending one of its rules may change: half of all."""
    changeable = re.compile(r"(?:[sygile]|ed|[eo]r|ic|ant|ent|ism|ist|ion|[^a-z])$|^[^a-z]").search
    return lambda word: stem(word) if changeable(word) else word
