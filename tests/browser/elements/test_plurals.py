"""What an element says of a number takes the form that its language asks for, as the page itself would."""

from __future__ import annotations

from generator.theme.locales import PLURAL_FORMS, needed_forms
from tests.browser.elements.conftest import OpenPage
from tests.browser.elements.village import Village
from tests.plurals import CHOSEN

CHOOSE = """async ([url, asked]) => {
  const { pluralOf } = await import(url);
  return asked.map((one) => pluralOf(...one));
}"""


def test_a_number_takes_the_form_of_its_language(village: Village, browse: OpenPage) -> None:
    village.pages.you()
    page = browse("/you/", "gw-you")
    asked = [
        ("|".join(form if form in needed_forms(language) else "" for form in PLURAL_FORMS), n, language)
        for language, n, _ in CHOSEN
    ]

    found = page.evaluate(CHOOSE, [village.pages.asset("elements/device.js"), asked])

    assert [(language, n, form) for (_, n, language), form in zip(asked, found, strict=True)] == CHOSEN


def test_the_forms_that_a_string_has_decide_too(village: Village, browse: OpenPage) -> None:
    village.pages.you()
    page = browse("/you/", "gw-you")
    asked = [
        ("nobody|one||||many", 0, "en"),
        ("|one||||all", 3, "pl"),
        ("|||||all", 2, "ar"),
        ("|one|||millions|all", 1_000_000, "es"),
    ]

    found = page.evaluate(CHOOSE, [village.pages.asset("elements/device.js"), asked])

    assert found == ["nobody", "all", "all", "millions"]
