"""Every word of the desk is there in every language, and every page keeps its headers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import widgets
from tests.widgets.conftest import Function
from tests.widgets.desk.conftest import SignIn, written
from widgets import CONTRACT_DIR
from widgets.desk.auth.rights import ROLES
from widgets.desk.moderation.actions import ACTIONS, ANSWERS
from widgets.desk.plurals import FORMS, needed_forms
from widgets.desk.strings import FOLDER, LANGUAGES
from widgets.rules.flags import URGENCY

DESK = Path(widgets.__file__).parent / "desk"
WORDS = {lang: json.loads((FOLDER / f"{lang}.json").read_text("utf-8")) for lang in LANGUAGES}
PHRASES = json.loads((DESK.parent / "function" / "strings.json").read_text("utf-8"))
# Strings with plural forms; `flag.other` and the like are names of their own.
COUNTED = {key.removesuffix(".one") for key in WORDS["en"] if key.endswith(".one")}


def bare(key: str) -> str:
    base, _, form = key.rpartition(".")
    return base if base in COUNTED and form in FORMS else key


def test_the_languages_have_the_same_words() -> None:
    english = WORDS["en"]
    for lang, words in WORDS.items():
        assert {bare(key) for key in words} == {bare(key) for key in english}, lang
        assert all(words.values()), lang
        places = {key: set(re.findall(r"\{\w+\}", text)) for key, text in words.items()}
        own = {bare(key): set(re.findall(r"\{\w+\}", text)) | {"{n}"} for key, text in english.items()}
        assert {key: found - own[bare(key)] for key, found in places.items() if found - own[bare(key)]} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_counted_has_the_plural_forms_of_its_language(lang: str) -> None:
    had = {base: {form for form in FORMS if f"{base}.{form}" in WORDS[lang]} for base in COUNTED}

    lacking = {base: sorted(needed_forms(lang) - forms) for base, forms in had.items()}

    assert len(COUNTED) > 5
    assert {base: forms for base, forms in lacking.items() if forms} == {}


def test_every_word_that_pages_ask_for_is_there() -> None:
    asked = set()
    for path in DESK.rglob("*.html"):
        asked |= set(re.findall(r"""\bt\(["']([\w.-]+)["'](?:,|\))""", path.read_text("utf-8")))
        for key in re.findall(r"""t\.count\(["']([\w.-]+)["']""", path.read_text("utf-8")):
            asked |= {f"{key}.one", f"{key}.other"}
    for path in DESK.rglob("*.py"):
        text = path.read_text("utf-8")
        asked |= {f"refused.{key}" for key in re.findall(r'Refused\(\s*\d+, "([\w-]+)"', text)}
        asked |= {f"{key}.other" for key in re.findall(r'\.count\(\s*"([\w.-]+)"', text)}
        asked |= set(re.findall(r'request\.words\(\s*"([\w.-]+)"', text))
    assert len(asked) > 100
    assert asked - WORDS["en"].keys() == set()


def test_every_act_answer_role_and_flag_has_words() -> None:
    wanted = {f"do.{act}" for act in ACTIONS} | {f"done.{act}" for act in ACTIONS}
    wanted |= {f"action.{act}" for act in ACTIONS} | {f"answer.{key}" for key in ANSWERS}
    wanted |= {f"role.{role}" for role in ROLES} | {f"flag.{flag}" for flag in URGENCY}
    assert wanted - WORDS["en"].keys() == set()
    for lang in LANGUAGES:
        assert {f"answer.{key}" for key in ANSWERS} - PHRASES[lang].keys() == set()


def test_every_reason_of_the_contract_has_words() -> None:
    words = json.loads((CONTRACT_DIR / "schemas" / "words.schema.json").read_text("utf-8"))
    reasons = words["$defs"]["own_comment"]["properties"]["held_because"]["items"]["enum"]
    assert {f"reason.{reason}" for reason in reasons} - WORDS["en"].keys() == set()


@pytest.mark.anyio
async def test_every_page_is_kept_by_nobody_and_loads_nothing_from_elsewhere(
    function: Function, sign_in: SignIn
) -> None:
    comment = await written(function)
    editor = await sign_in("Ed", "editor")
    paths = ["/", "/search", "/unanswered", "/load", "/audit", "/account", f"/items/{comment.id}", "/nowhere"]
    for path in [*paths, "/sign-in", "/assets/desk.css", "/assets/desk.js"]:
        answer = await editor.get(path)
        assert answer.headers["cache-control"] == "no-store", path
        assert answer.headers["x-content-type-options"] == "nosniff", path
        policy = answer.headers.get("content-security-policy", "")
        assert "default-src 'none'" in policy or path == "/nowhere", path
        assert "unsafe" not in policy
        assert not re.findall(r"(?:src|href)=.(?:https?:)?//", answer.text), path
        assert not re.findall(r"\sstyle=|\son\w+=", answer.text), path


@pytest.mark.anyio
@pytest.mark.parametrize("name", ["../app.py", "..%2Fapp.py", "desk.txt", "nothing.css", ""])
async def test_only_the_desks_own_files_are_given(function: Function, sign_in: SignIn, name: str) -> None:
    answer = await (await sign_in()).get(f"/assets/{name}")
    assert answer.status_code == 404
