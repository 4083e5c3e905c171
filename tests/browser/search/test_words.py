"""Build and reader take the same words from a text: what the one writes down, the other looks for."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import Page

from generator.bodies.terms.words import elides, words_of

pytestmark = pytest.mark.browser

TEXTS = [
    "TNF-α, 50mg and 50 µg of β-blockers; 1,000.5 mcg",
    "It's the patient's follow-up: COVID-19, well-to-do, a-b-c-d",
    "naïve façade Straße ŁÓDŹ Ærø İstanbul ıĞ ﬁne ½ x² H₂O",
    "l’eau dell'acqua d'Orsay rock 'n' roll",
    "偏头痛发作时怎么办？ 片頭痛の前兆 头a痛 ปวดหัวไมเกรน",
    "שָׁלוֹם עולם الصُّداع النصفي Μια ημικρανία ΣΟΦΟΣ",
    "e.g. U.S.A. 3.14.15 a_b a/b c++ #tag @name 👩‍⚕️ ok",
    "co­operate zero‌width‍joiner soft",
    "x" * 60 + " " + "é" * 45,
    "__proto__ constructor <script>alert(1)</script> [a-z]+ \\d {2}",
    "'' -- .. ,,, ' - ' a' 'b -c- d.",
]
ALPHABET = "aAéßİıΣςσμαΩ'’-‐.,_ 0159½²µŁø\u0301\u00ad\u200d頭痛ไ\u0e31שׁع😀<>/\n"


@pytest.mark.parametrize("language", ["en", "fr", "el"])
def test_reader_and_build_take_the_same_words(page: Page, address: str, language: str) -> None:
    chance = random.Random(1)
    texts = [*TEXTS, *("".join(chance.choices(ALPHABET, k=chance.randrange(40))) for _ in range(500))]
    page.goto(f"{address}/search/")
    script = page.locator("script[type=module][src*='/search.']").get_attribute("src")

    read = page.evaluate(
        """async ({ script, texts, rules }) => {
            const { words } = await import(script);
            return texts.map((text) => words(text, rules));
        }""",
        {"script": script, "texts": texts, "rules": {"elide": elides(language), "greek": language == "el"}},
    )

    differing = {
        text: (told, words_of(text, language))
        for text, told in zip(texts, read, strict=True)
        if told != words_of(text, language)
    }
    assert differing == {}
