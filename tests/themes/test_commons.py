"""The default theme as bytes: valid, complete in every language, light, nothing from elsewhere."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import html5lib
import pytest

from generator.build.pages import Renderer
from generator.ground.model import Body, Facts, Fragment, ImageSlot
from generator.schema.yaml_source import parse_yaml
from generator.theme import Theme, read_theme
from generator.theme.inheritance import read_chain
from generator.theme.language import flatten, plural_strings
from generator.theme.lint import lint_templates
from generator.theme.tokens import check_contrast, merge_tokens
from generator.views import types as shapes
from tests.themes import samples
from tests.themes.conftest import ACCENTS, THEMES, render_all

KIB = 1024
BUNDLED = sorted(path.parent.name for path in THEMES.glob("*/theme.yaml"))
LANGUAGES = sorted(path.stem for path in (THEMES / "commons/i18n").glob("*.yaml"))
TRANSLATED = [language for language in LANGUAGES if language != "en"]
# Strings that a language has in common with English.
AS_IN_ENGLISH = {"es": {"comfort.spacing.auto", "comfort.text.auto", "trust.bytes.one", "trust.bytes.other"}}


def squeezed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def asset(theme: Theme, name: str) -> bytes:
    return next(file.content for file in theme.files if file.output_path == theme.urls[name])


def own_strings(theme: str, language: str) -> set[str]:
    """The keys of a theme's own file; one for all plural forms of a string, which differ between languages."""
    [folder] = [f for f in read_chain(theme, [THEMES]) if f.name == theme]
    path = folder.path / "i18n" / f"{language}.yaml"
    text = path.read_text(encoding="utf-8") if path.exists() else "{}"
    keys = {key: "" for key, _, _ in flatten(parse_yaml(text, language).value)}
    counted = {f"{base}.{form}": base for base, forms in plural_strings(keys).items() for form in forms}
    return {counted.get(key, key) for key in keys}


def test_every_page_kind_has_a_sample() -> None:
    sampled = {type(page) for page, _ in samples.all_pages().values()}
    assert sampled == set(get_args(shapes.AnyPage))


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_kind_is_valid_html(name: str, language: str) -> None:
    theme = read_theme(name, [THEMES], ACCENTS, None)
    for content in render_all(theme, language).values():
        html5lib.HTMLParser(strict=True).parse(content)


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_theme_has_no_fault_and_no_warning(name: str) -> None:
    theme = read_theme(name, [THEMES], ACCENTS, None)
    assert theme.warnings == ()
    assert lint_templates(theme) == ()


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_the_same_strings(name: str, language: str) -> None:
    assert own_strings(name, language) == own_strings(name, "en")


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translated_page_speaks_english(commons: Theme, language: str) -> None:
    english, other = commons.strings["en"], commons.strings[language]
    same = {key for key in english if english[key] == other.get(key)}
    same -= {key for key in english if key.startswith(("autonym.", "number."))}
    assert same == AS_IN_ENGLISH.get(language, set())


def test_quiet_changes_a_partial_a_token_and_a_string(commons: Theme) -> None:
    quiet = read_theme("quiet", [THEMES], ACCENTS, None)
    changed = {name for name in commons.templates if quiet.templates[name] != commons.templates[name]}
    assert changed == {"partials/chrome-footer.html"}
    assert quiet.strings["en"]["footer.private"] != commons.strings["en"]["footer.private"]
    assert b"--radius:.25rem" in asset(quiet, "site.css")


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(pages: dict[str, bytes]) -> None:
    for name, content in pages.items():
        text = content.decode()
        assert not re.search(r"\sstyle=|<style|\son\w+=", text), name
        scripts = re.findall(r"<script([^>]*)>", text)
        assert all("src=" in script or "application/ld+json" in script for script in scripts), name
        loaded = re.findall(
            r"<(?:script|img|source|link rel=\"(?:stylesheet|icon)\")[^>]*(?:src|srcset|href)=\"([^\"]+)",
            text,
        )
        assert all(url.startswith("/") and not url.startswith("//") for url in loaded), name


def test_the_policy_stands_before_anything_that_it_governs(pages: dict[str, bytes]) -> None:
    for content in pages.values():
        head = content[content.index(b"<head>") + len(b"<head>") :].lstrip()
        assert head.startswith(b'<meta http-equiv="Content-Security-Policy"')
        assert content.index(b"charset") < KIB


def test_json_ld_of_every_page_parses(pages: dict[str, bytes]) -> None:
    for content in pages.values():
        for block in re.findall(rb'<script type="application/ld\+json">(.*?)</script>', content, re.DOTALL):
            json.loads(block)


def test_ids_are_unique_and_fragments_lead_somewhere(pages: dict[str, bytes]) -> None:
    for name, content in pages.items():
        text = content.decode()
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), name
        targets = re.findall(r'(?:href="#|popovertarget="|aria-(?:labelledby|describedby)=")([^"]+)"', text)
        assert set(" ".join(targets).split()) <= set(ids), name


def test_weights_stay_within_their_budgets(commons: Theme) -> None:
    assert squeezed(asset(commons, "site.css")) <= 7.5 * KIB
    assert squeezed(asset(commons, "css/lists.css")) <= 2 * KIB
    assert squeezed(asset(commons, "js/scheme.js")) <= KIB
    assert squeezed(asset(commons, "js/comfort.js")) <= 2 * KIB
    assert squeezed(asset(commons, "js/search.js")) <= 9 * KIB


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration as it is published."""
    root, folder = THEMES.parent, tmp_path_factory.mktemp("demonstration")
    shutil.copytree(root / "content", folder / "content")
    shutil.copy(root / "gatherwell.yaml", folder)
    built = folder / "site"
    command = [sys.executable, "-m", "generator.cli", "build", "--root", str(folder), "--out", str(built)]
    subprocess.run(
        [*command, "--no-search", "--now", "2026-12-15T12:00:00Z"], check=True, cwd=root, capture_output=True
    )
    return built


def test_every_page_of_the_demonstration_leads_to_help_in_one_tap(demonstration: Path) -> None:
    """A button outside of the menu opens the lines, which lie in the page itself."""
    pages = [path.read_text("utf-8") for path in demonstration.rglob("*.html")]
    pages = [page for page in pages if "<main" in page]  # no redirects
    assert len(pages) > 150
    for page in pages:
        footer = page[page.index('<footer class="site-footer"') :]
        assert 'popovertarget="page-help"' in footer
        assert 'id="page-help"' in footer
        assert re.search(r'href="tel:\d+"', footer)


def test_no_page_of_the_demonstration_is_heavy(
    demonstration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built = demonstration
    sheets = {
        f"/{path.relative_to(built)}": squeezed(path.read_bytes()) for path in built.glob("assets/*.css")
    }
    heaviest: dict[str, int] = {}  # of each page type, articles by their own type
    for path in built.rglob("*.html"):
        page = path.read_bytes()
        kind = re.search(rb'<body class="page-([^"]+)"', page)
        if kind:
            name = kind[1].decode()
            styles = sum(
                sheets[link] for link in re.findall(r'rel="stylesheet" href="([^"]+)"', page.decode())
            )
            heaviest[name] = max(heaviest.get(name, 0), squeezed(page) + styles)
    with capsys.disabled():
        print("\nheaviest page of each type with the stylesheet, gzipped:", heaviest)
    assert len(heaviest) > 20
    reports = {name: weight for name, weight in heaviest.items() if "type-survey-report" in name}
    assert {name: weight for name, weight in reports.items() if weight > 40 * KIB} == {}
    others = heaviest.items() - reports.items()
    assert {name: weight for name, weight in others if weight > 16 * KIB} == {}


def test_the_colours_reach_what_they_promise() -> None:
    chain = read_chain("commons", [THEMES])
    pairs = chain[0].settings.value["contrast"]
    assert len(pairs) > 15
    assert check_contrast(chain, merge_tokens(chain)) == []


def test_every_token_is_used(commons: Theme) -> None:
    css = asset(commons, "site.css").decode()
    names = merge_tokens(read_chain("commons", [THEMES])).values
    assert [name for name in names if f"var(--{name})" not in css] == []


def test_articles_and_surveys_do_without_the_styles_of_lists(commons: Theme, pages: dict[str, bytes]) -> None:
    link = commons.urls["css/lists.css"].encode()
    without = {name for name, content in pages.items() if link not in content and b"<main" in content}
    assert without == {
        name
        for name, content in pages.items()
        if re.search(rb'class="page-(article|survey|policy|under)[ "-]', content)
    }


def test_no_style_is_for_a_class_that_nobody_writes(commons: Theme) -> None:
    css = "".join(path.read_text(encoding="utf-8") for path in (THEMES / "commons/assets/css").rglob("*.css"))
    styled = set(re.findall(r"\.([a-z][a-z0-9-]*)(?=[\s.:,{>+~)\[])", re.sub(r"/\*.*?\*/", "", css)))
    scripts = (asset(commons, f"js/{name}.js").decode() for name in ("comfort", "search"))
    sources = [*commons.templates.values(), *scripts]
    sources += [
        path.read_text(encoding="utf-8")
        for path in (THEMES.parent / "generator/bodies/markdown").rglob("*.py")
    ]
    written = " ".join(sources)
    # Put together from a part and a key: type-story, role-editor, toc-3, align-right, note-tip …
    composed = {name for name in styled if re.search(rf"{name.split('-')[0]}-\{{", written)}
    assert {
        name for name in styled - composed if not re.search(rf"(?<![\w-]){name}(?![\w-])", written)
    } == set()


def test_vote_reaction_and_comment_are_forms_as_the_function_reads_them(pages: dict[str, bytes]) -> None:
    text = pages["article"].decode()
    poll = re.search(r'<form id="poll-weather-trigger".*?</form>', text, re.DOTALL)
    assert poll
    assert 'method="post" action="/api/v1/polls/migraine~weather-trigger/votes"' in poll[0]
    assert set(re.findall(r'name="(\w+)"', poll[0])) == {"version", "lang", "choice"}
    reactions = re.search(r'id="reactions".*?</form>', text, re.DOTALL)
    assert reactions
    assert '<button type="submit" class="reaction" name="reaction" value="me-too">' in reactions[0]
    comment = re.search(r'<form id="page-comment-form".*?</form>', text, re.DOTALL)
    assert comment
    assert set(re.findall(r'name="(\w+)"', comment[0])) == {"lang", "text", "pseudonym", "website"}
    assert 'id="c-k1"' in text


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ((), ' width="720" height="280" loading="lazy"'),
        ((("width", "360"), ("class", "wide")), ' width="360" height="140" class="wide" loading="lazy"'),
        (
            (("width", "100"), ("height", "90"), ("loading", "eager")),
            ' width="100" height="90" loading="eager"',
        ),
    ],
)
def test_what_the_writer_says_of_an_image_wins_and_its_room_is_kept(
    commons: Theme, attributes: tuple[tuple[str, str], ...], expected: str
) -> None:
    value = shapes.ImageValue(shapes.Image("/i.svg", "Hills", 720, 280), attributes=attributes)
    body = Body(Fragment(("", ""), (0,)), (ImageSlot("i.svg", "Hills", 1, 1),), Facts())
    page = samples.article(body=shapes.BodyRef("d", (value,)), references=())
    text = Renderer(commons).render(page, samples.chrome(commons.urls), body).decode()
    assert f'<img src="/i.svg" alt="Hills"{expected}>' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_elements_say_lies_beside_them_and_not_in_the_pages(
    tmp_path: Path, pages: dict[str, bytes], language: str
) -> None:
    (tmp_path / "loader.js").write_text("1")
    theme = read_theme("commons", [THEMES], ACCENTS, tmp_path)
    name = theme.urls[f"elements/words.{language}.txt"]
    assert name.rpartition("/")[0] == theme.urls["elements/loader.js"].rpartition("/")[0]
    said = next(file.content for file in theme.files if file.output_path == name)
    html5lib.HTMLParser(strict=True).parse(said)
    assert re.findall(rb'data-for="([a-z-]+)"', said) == [
        b"gw-poll",
        b"gw-reactions",
        b"gw-counts",
        b"gw-comments",
        b"gw-you",
    ]
    # Words of a survey, and of own stories and questions, stand in the page itself: no other page needs them.
    assert {name for name, content in pages.items() if b"<template" in content} == {"survey", "you"}


def test_no_picture_but_a_face_is_cropped(commons: Theme) -> None:
    # A chart or a logo in a card is fitted in: cut, it would lose the letters at its edge.
    css = "".join(asset(commons, name).decode() for name in ("site.css", "css/lists.css"))
    cropped = re.findall(r"([^{}]+)\{[^{}]*object-fit:cover", css)
    assert cropped == [".face"]
    assert re.search(r"\.card>picture img\{[^}]*object-fit:contain", css)
