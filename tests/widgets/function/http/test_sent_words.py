"""Which characters of a refused text are kept."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from starlette.datastructures import Headers

from widgets.function.http.sent_words import words_in

FORM = Headers({"content-type": "application/x-www-form-urlencoded"})


def test_control_characters_become_blanks_and_all_others_stay() -> None:
    every = [chr(code) for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF]
    kept = [" " if unicodedata.category(one) == "Cc" and one not in "\n\t" else one for one in every]
    words = words_in(b"text=" + quote("|".join(every)).encode(), FORM)
    assert words.text.split("|") == "|".join(kept).split("|")


def test_half_a_pair_of_surrogates_becomes_a_blank() -> None:
    words = words_in(
        b'{"text": "words \\ud83d of mine\\r\\n"}', Headers({"content-type": "application/json"})
    )
    assert words.text == "words   of mine\n"
