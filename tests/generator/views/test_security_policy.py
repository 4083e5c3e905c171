"""The content security policy of a page, and which translations it names."""

from __future__ import annotations

import pytest

from generator.views.frame import alternates
from generator.views.security_policy import content_security_policy

SELF = {
    "default-src": "'none'",
    "img-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "script-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
POLICIES = {
    "": {},
    "/api/v1": {"connect-src": "'self'", "worker-src": "'self'", "form-action": "'self'"},
    "https://fn.example/api/v1": {
        "connect-src": "'self' https://fn.example",
        "worker-src": "'self'",
        "form-action": "'self' https://fn.example",
    },
    "http://127.0.0.1:8001/api/v1": {
        "connect-src": "'self' http://127.0.0.1:8001",
        "worker-src": "'self'",
        "form-action": "'self' http://127.0.0.1:8001",
    },
}


def directives(policy: str) -> dict[str, str]:
    """A policy's directives by name; fails where one is there twice, since browsers take the first alone."""
    parts = [part.partition(" ") for part in policy.split("; ")]
    found = {name: value for name, _, value in parts}
    assert len(found) == len(parts)
    return found


@pytest.mark.parametrize(("endpoint", "further"), POLICIES.items(), ids=POLICIES)
def test_policy_allows_its_own_origin_and_the_functions_and_nothing_else(
    endpoint: str, further: dict[str, str]
) -> None:
    assert directives(content_security_policy(endpoint)) == {**SELF, **further}


@pytest.mark.parametrize("endpoint", ["", "/api/v1"])
def test_policy_of_a_page_that_fetches_allows_its_own_origin(endpoint: str) -> None:
    assert directives(content_security_policy(endpoint, fetches=True)) == {**SELF, **POLICIES["/api/v1"]}


@pytest.mark.parametrize("endpoint", POLICIES)
def test_policy_of_a_page_that_plays_films_allows_those_of_its_own_origin(endpoint: str) -> None:
    allowed = directives(content_security_policy(endpoint, plays=True))
    assert allowed == {**SELF, **POLICIES[endpoint], "media-src": "'self'"}


@pytest.mark.parametrize(
    ("tags", "current", "named"),
    [
        ([], "en", []),
        (["en"], "en", []),
        (["es"], "es", []),
        (["en", "es"], "es", [("en", False), ("es", True)]),
        (["es", "en", "pt-BR"], "es", [("es", True), ("en", False), ("pt-BR", False)]),
    ],
)
def test_a_page_without_a_translation_names_none(
    tags: list[str], current: str, named: list[tuple[str, bool]]
) -> None:
    links = alternates(((tag, f"https://tiny.example/{tag}/") for tag in tags), current)
    assert [(link.language, link.current) for link in links] == named
    assert [link.url for link in links] == [f"https://tiny.example/{tag}/" for tag, _ in named]


def test_translations_are_called_as_their_readers_call_them() -> None:
    links = alternates([("en", "/"), ("es", "/es/"), ("de", "/de/")], "en")
    assert [link.label for link in links] == ["English", "Español", "Deutsch"]
