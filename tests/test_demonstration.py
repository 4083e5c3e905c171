"""The demonstration as it would be published, held to the output contract; long, since one build serves all its tests."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import html5lib
import jsonschema
import pytest

from generator.build.last_build import BuildResult
from generator.build.pipeline import build
from generator.ground.project import Options, Project
from tests.generator.views.vocabulary import wrong_terms
from tests.published import Host, Page, unresolved

ROOT = Path(__file__).parent.parent
# Late enough that the events are announced, early enough that the polls are open.
NOW = dt.datetime(2026, 12, 15, 12, 0, tzinfo=dt.UTC)
BASE = "https://gatherwell.example/"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's inputs in a folder of their own."""
    folder = tmp_path_factory.mktemp("demonstration") / "project"
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "gatherwell.yaml", folder)
    return folder


@pytest.fixture(scope="module")
def result(project: Path) -> BuildResult:
    elements = ROOT / "widgets/elements"
    return build(Project(project, project / "site", elements), Options(now=NOW, jobs=1), lambda _: None)


@pytest.fixture(scope="module")
def host(project: Path, result: BuildResult) -> Host:
    return Host(project / "site", BASE)


@pytest.fixture(scope="module")
def pages(host: Host) -> dict[str, Page]:
    """The pages that people read: all but those that only lead elsewhere."""
    return {path: page for path, page in host.pages.items() if not page.is_redirect}


def read_json(host: Host, path: str) -> Any:
    return json.loads((host.folder / path).read_text("utf-8"))


def feeds(host: Host, suffix: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(host.folder.rglob(f"feed.{suffix}")):
        yield path.relative_to(host.folder).as_posix(), path.read_bytes()


# --- pages ----------------------------------------------------------------------------------------


def test_every_page_parses_strictly(host: Host) -> None:
    wrong = []
    for path, page in host.pages.items():
        parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
        parser.parse(page.text)
        wrong.extend((path, error) for error in parser.errors)
    assert len(host.pages) > 150
    assert wrong == []


def test_every_page_says_what_it_is(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        assert len(page.all("h1")) == 1, path
        assert page.all("html")[0].get("lang"), path
        assert page.title.strip(), path
        assert len(page.all("main")) == 1, path
        policy = [m for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
        assert len(policy) == 1, path
        assert policy[0].get("content").startswith("default-src 'none'"), path


def test_every_page_says_what_it_is_for(pages: dict[str, Page]) -> None:
    described = {
        path: [m.get("content") for m in page.all("meta") if m.get("name") == "description"]
        for path, page in pages.items()
    }
    assert {path for path, found in described.items() if len(found) != 1 or not found[0].strip()} == set()


def test_portfolio_shows_nothing_twice_and_lets_people_speak_first(pages: dict[str, Page]) -> None:
    cards = [e for e in pages["index.html"].elements if "card" in e.get("class").split()]
    titles = re.findall(r'class="card-title"><a href="([^"]+)"', pages["index.html"].text)
    assert len(titles) == len(set(titles)) == len(cards) > 9
    assert [card.get("class") for card in cards[:3]] == ["card type-story"] * 3


def test_event_that_ends_on_its_day_says_the_day_once(pages: dict[str, Page]) -> None:
    text = pages["migraine/low-light-meet-up/index.html"].text
    assert re.findall(r"<dd><time[^>]*>([^<]+)</time>", text) == ["11 February 2027, 19:00 GMT", "20:00 GMT"]


def test_summer_has_its_own_name_for_the_time(pages: dict[str, Page]) -> None:
    assert "22 May 2027, 14:00 BST" in pages["rheumatoid-arthritis/hand-workshop-2027/index.html"].text


def test_archive_of_a_year_names_the_other_years(host: Host, pages: dict[str, Page]) -> None:
    page = pages["migraine/archive/2024/index.html"]
    years = [a for a in page.all("a") if "/archive/20" in a.get("href")]
    assert [a.get("href") for a in years] == [f"/migraine/archive/{year}/" for year in (2026, 2025, 2024)]
    assert [a.get("aria-current") for a in years] == ["", "", "page"]


def test_every_page_to_be_found_names_its_canonical(host: Host, pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        if path == "404.html":
            continue
        (canonical,) = page.links("canonical")
        assert canonical.get("href") == host.url_of(path), path


def test_titles_tell_articles_of_one_language_apart(pages: dict[str, Page]) -> None:
    seen: dict[tuple[str, str], str] = {}
    articles = {path: page for path, page in pages.items() if "/topics/" not in path}
    for path, page in articles.items():
        language = page.all("html")[0].get("lang")
        other = seen.setdefault((language, page.title), path)
        assert other == path, f"{path} and {other} are both called {page.title!r}"


def test_no_page_has_a_style_attribute_or_an_inline_script(host: Host) -> None:
    for path, page in host.pages.items():
        assert [e.tag for e in page.elements if "style" in e.attributes] == [], path
        assert page.all("style") == [], path
        handlers = [name for e in page.elements for name in e.attributes if name.startswith("on")]
        assert handlers == [], path
        for script in page.all("script"):
            assert script.get("src") or script.get("type") == "application/ld+json", path


def test_every_image_has_a_text_and_a_size(pages: dict[str, Page]) -> None:
    images = [(path, image) for path, page in pages.items() for image in page.all("img")]
    assert images
    for path, image in images:
        assert "alt" in image.attributes, path
        assert image.get("width"), path
        assert image.get("height"), path


def test_ids_are_unique_in_each_page(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        ids = [e.get("id") for e in page.elements if "id" in e.attributes]
        assert sorted(ids) == sorted(set(ids)), path


# --- addresses ------------------------------------------------------------------------------------


def test_every_internal_address_and_anchor_leads_somewhere(host: Host) -> None:
    assert unresolved([host], ("/api/", "/desk/")) == []


def test_nothing_is_loaded_from_another_origin(host: Host) -> None:
    foreign = [
        (path, address)
        for path, page in host.pages.items()
        for address in page.loads()
        if urlsplit(host.resolve(path, address)).netloc not in ("", "gatherwell.example")
    ]
    assert foreign == []


def test_no_style_or_script_refers_to_another_origin(host: Host) -> None:
    files = [path for suffix in ("*.css", "*.js", "*.mjs") for path in host.folder.rglob(suffix)]
    assert files
    loading = re.compile(r"""(?:url\(|@import|import\s*\(?|from|fetch\()\s*["']?(?:https?:)?//""")
    found = [path.name for path in files if loading.search(path.read_text("utf-8"))]
    assert found == []


def test_alternates_are_absolute_and_name_each_other(host: Host, pages: dict[str, Page]) -> None:
    versions: dict[str, dict[str, str]] = {}
    for path, page in pages.items():
        links = {a.get("hreflang"): a.get("href") for a in page.links("alternate") if a.get("hreflang")}
        if links:
            versions[host.url_of(path)] = links
    assert len(versions) > 10
    for url, links in versions.items():
        assert url in links.values(), f"{url} does not name itself"
        for language, other in links.items():
            assert language == "x-default" or versions[other] == links, f"{other} does not answer {url}"


# --- what members told and asked ------------------------------------------------------------------

TOLD = ("migraine/stories/mtdxrvfp", "migraine/es/stories/btdkqnft")
ASKED = ("migraine/questions/czpzvtvx", "migraine/es/questions/xkbfhqgp")
SAID = {"en": "Simulated: no member wrote this", "es": "Simulado: esto no lo escribió ningún miembro"}


@pytest.mark.parametrize("folder", [*TOLD, *ASKED])
def test_what_nobody_told_says_so_on_its_page_and_in_its_list(pages: dict[str, Page], folder: str) -> None:
    page, listed = pages[f"{folder}/index.html"], pages[f"{folder.rpartition('/')[0]}/index.html"]
    language = page.all("html")[0].get("lang")
    assert SAID[language] in page.text
    entry = listed.text.partition(f'href="/{folder}/"')[2].partition("</li>")[0]
    assert {"en": "Simulated · Sample", "es": "Simulado · Miembro"}[language] in entry


def test_what_nobody_told_is_fed_to_nobody_and_takes_no_answers(host: Host, pages: dict[str, Page]) -> None:
    manifest = (host.folder / "manifest.json").read_text("utf-8")
    sitemap = (host.folder / "sitemap.xml").read_text("utf-8")
    for folder in (*TOLD, *ASKED):
        page = pages[f"{folder}/index.html"]
        assert [m for m in page.all("meta") if m.get("content") == "noindex"], folder
        assert page.json_ld == []
        assert page.all("gw-comments") == []
        id_ = folder.rpartition("/")[2]
        assert id_ not in manifest + sitemap
        assert not any(id_.encode() in content for _, content in feeds(host, "atom"))


@pytest.mark.parametrize("folder", ASKED)
def test_an_answered_question_shows_the_accepted_answer_of_a_clinician_first(
    pages: dict[str, Page], folder: str
) -> None:
    text = pages[f"{folder}/index.html"].text.partition("<main")[2]
    accepted, _, others = text.partition("comment-list")
    assert "Sample clinician (neurology)" in accepted
    assert others.count('<article class="comment"') == 3


@pytest.mark.parametrize(
    "folder", ["migraine/stories", "migraine/questions", "migraine/es/stories", "migraine/es/questions"]
)
def test_a_form_weighs_three_kilobytes_at_most_with_its_script(
    host: Host, pages: dict[str, Page], folder: str
) -> None:
    """What it adds to its own page, as a server sends it: labels, words and script."""

    def size(content: bytes) -> int:
        return len(gzip.compress(content, 9, mtime=0))

    page = pages[f"{folder}/index.html"].text
    form = re.search(r"<gw-voice.*?</gw-voice>", page, re.DOTALL)
    assert form is not None
    [script] = host.folder.glob("assets/elements.*/voice.js")
    added = size(page.encode()) - size(page.replace(form[0], "").encode()) + size(script.read_bytes())
    assert added <= 3_000


@pytest.mark.parametrize("hub", ["migraine", "rheumatoid-arthritis"])
def test_a_hub_shows_what_was_said_and_what_was_done(pages: dict[str, Page], hub: str) -> None:
    strip = pages[f"{hub}/index.html"].text.partition('aria-labelledby="page-changes"')[2]
    link = {
        "migraine": "/migraine/pages-for-dark-days/",
        "rheumatoid-arthritis": "/rheumatoid-arthritis/buttons-that-forgive/",
    }[hub]
    assert f'href="{link}"' in strip.partition("</section>")[0]


# --- feeds, sitemap, robots -----------------------------------------------------------------------


def test_atom_feeds_are_well_formed(host: Host) -> None:
    found = list(feeds(host, "atom"))
    assert len(found) > 10
    for path, content in found:
        feed = feedparser.parse(content)
        assert not feed.bozo, (path, feed.get("bozo_exception"))
        assert feed.feed.title, path
        assert feed.feed.updated, path
        assert feed.feed.id == host.base + path
        assert len({entry.id for entry in feed.entries}) == len(feed.entries), path
        for entry in feed.entries:
            assert entry.title, path
            assert entry.published_parsed, path
            assert entry.updated_parsed, path
            assert host.file_of(entry.link).is_file(), (path, entry.link)  # type: ignore[union-attr]


def test_json_feeds_hold_what_the_format_asks_for(host: Host) -> None:
    for path, content in feeds(host, "json"):
        feed = json.loads(content)
        assert feed["version"] == "https://jsonfeed.org/version/1.1", path
        assert feed["feed_url"] == host.base + path
        assert host.file_of(feed["home_page_url"]).is_file(), path  # type: ignore[union-attr]
        assert feed["title"], path
        for item in feed["items"]:
            assert isinstance(item["id"], str), path
            assert item["content_text"], path
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|\+01:00)", item["date_published"]), path
            assert host.file_of(item["url"]).is_file(), (path, item["url"])  # type: ignore[union-attr]


def test_both_feeds_of_a_listing_hold_the_same(host: Host) -> None:
    for path, content in feeds(host, "atom"):
        items = read_json(host, path.removesuffix("atom") + "json")["items"]
        assert [item["id"] for item in items] == [entry.id for entry in feedparser.parse(content).entries], (
            path
        )


def test_sitemap_lists_every_page_that_may_be_found(host: Host, pages: dict[str, Page]) -> None:
    tree = ElementTree.fromstring((host.folder / "sitemap.xml").read_bytes())
    listed = [url.findtext("s:loc", "", SITEMAP) for url in tree.findall("s:url", SITEMAP)]
    assert len(listed) == len(set(listed))
    for address in listed:
        file = host.file_of(address)
        assert file is not None, address
        page = pages[file.relative_to(host.folder).as_posix()]
        assert not [m for m in page.all("meta") if m.get("content") == "noindex"], address
    articles = {
        host.url_of(path)
        for path, page in pages.items()
        if any(thing["@type"] in ("Article", "MedicalWebPage", "Event") for thing in page.json_ld)
        and not [m for m in page.all("meta") if m.get("content") == "noindex"]
    }
    assert articles <= set(listed)


def test_sitemap_dates_articles_and_names_translations(host: Host) -> None:
    tree = ElementTree.fromstring((host.folder / "sitemap.xml").read_bytes())
    dates = [url.findtext("s:lastmod", "", SITEMAP) for url in tree.findall("s:url", SITEMAP)]
    assert sum(bool(DAY.match(date)) for date in dates) > 40
    assert all(date == "" or DAY.match(date) for date in dates)
    listed = {url.findtext("s:loc", "", SITEMAP) for url in tree.findall("s:url", SITEMAP)}
    translated = {link.get("href") for link in tree.iter(f"{{{SITEMAP['x']}}}link")}
    assert translated
    assert translated <= listed


def test_robots_name_the_sitemap(host: Host) -> None:
    text = (host.folder / "robots.txt").read_text()
    assert f"Sitemap: {host.base}sitemap.xml\n" in text
    assert "Disallow: /api/v1/\n" in text


# --- structured data ------------------------------------------------------------------------------

TYPES = {
    "index.html": {"Organization", "WebSite"},
    "migraine/index.html": {"MedicalCondition"},
    "migraine/what-is-migraine/index.html": {"MedicalWebPage", "BreadcrumbList"},
    "migraine/when-plans-have-to-change/index.html": {"Article", "BreadcrumbList"},
    "migraine/low-light-meet-up/index.html": {"Event", "BreadcrumbList"},
    "people/sample-editor/index.html": {"ProfilePage"},
}


def things_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from things_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from things_in(part)


@pytest.mark.parametrize(("path", "types"), TYPES.items(), ids=TYPES)
def test_page_describes_itself_for_machines(pages: dict[str, Page], path: str, types: set[str]) -> None:
    found = {thing["@type"] for thing in things_in(pages[path].json_ld) if "@type" in thing}
    assert types <= found


def test_every_article_tells_machines_its_dates_and_authors(host: Host, pages: dict[str, Page]) -> None:
    threads = read_json(host, "manifest.json")["threads"]
    for path in [path for thread in threads.values() for path in thread["pages"].values()]:
        page = pages[f"{path.lstrip('/')}index.html"]
        (thing,) = (t for t in page.json_ld if t["@type"] in ("Article", "MedicalWebPage", "Event"))
        assert thing["name"], path
        assert thing["url"] == host.origin + path
        if thing["@type"] == "Event":
            assert DAY.match(thing["startDate"]), path
            assert thing["location"], path
        else:
            assert DAY.match(thing["datePublished"]), path
            assert all(author["name"] for author in thing["author"]), path


def test_breadcrumbs_count_from_one_and_are_absolute(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        for thing in page.json_ld:
            if thing["@type"] == "BreadcrumbList":
                positions = [step["position"] for step in thing["itemListElement"]]
                assert positions == list(range(1, len(positions) + 1)), path
                *above, last = thing["itemListElement"]
                assert all(step["item"].startswith(BASE) for step in above), path
                assert "item" not in last, path  # it is the page itself


def test_every_page_speaks_the_vocabulary_of_schema_org(pages: dict[str, Page]) -> None:
    wrong = {
        (fault, path)
        for path, page in pages.items()
        for thing in page.json_ld
        for fault in wrong_terms(thing)
    }
    assert wrong == set()


def test_one_page_shows_a_review_says_that_it_is_a_sample_and_claims_none(
    host: Host, pages: dict[str, Page]
) -> None:
    texts = {path: (host.folder / path).read_text("utf-8") for path in pages}
    (shown,) = (path for path, text in texts.items() if "Review overdue" in text)
    assert shown == "migraine/preventing-attacks/index.html"
    assert "sample role and a date in the past" in texts[shown]
    assert [meta for meta in pages[shown].all("meta") if meta.get("content") == "noindex"]
    things = [thing for page in pages.values() for thing in things_in(page.json_ld)]
    assert things
    assert not [thing for thing in things if {"reviewedBy", "lastReviewed"} & thing.keys()]


def test_nobody_is_diagnosed_and_no_rich_result_is_fished_for(pages: dict[str, Page]) -> None:
    kinds = {thing.get("@type") for page in pages.values() for thing in things_in(page.json_ld)}
    assert kinds.isdisjoint({"FAQPage", "QAPage", "Review", "AggregateRating", "Rating"})
    # Patients are named as readers that a page is for, and in no other place or words.
    patients = [
        thing
        for page in pages.values()
        for thing in things_in(page.json_ld)
        if thing.get("@type") == "Patient"
    ]
    audiences = [thing.get("audience") for page in pages.values() for thing in page.json_ld]
    assert all(patient == {"@type": "Patient"} for patient in patients)
    assert len(patients) == audiences.count({"@type": "Patient"})
    for page in pages.values():
        for thing in things_in(page.json_ld):
            assert not (thing.get("@type") == "Person" and "healthCondition" in thing)


# --- what servers and the function read -----------------------------------------------------------


def test_manifest_is_as_the_contract_has_it(host: Host) -> None:
    schema = json.loads((ROOT / "widgets/contract/manifest.schema.json").read_text("utf-8"))
    manifest = read_json(host, "manifest.json")
    jsonschema.Draft202012Validator(schema).validate(manifest)
    assert manifest["origins"] == ["https://gatherwell.example"]
    assert len(manifest["polls"]) >= 3
    assert len(manifest["threads"]) > 30


def test_manifest_names_pages_that_show_what_it_offers(host: Host, pages: dict[str, Page]) -> None:
    manifest = read_json(host, "manifest.json")
    for poll in manifest["polls"].values():
        for path in poll["pages"].values():
            page = pages[f"{path.lstrip('/')}index.html"]
            values = {e.get("value") for e in page.all("input")}
            assert {option["key"] for option in poll["options"]} <= values, path
    for thread in manifest["threads"].values():
        for path in thread["pages"].values():
            assert f"{path.lstrip('/')}index.html" in pages


def test_headers_carry_what_a_page_cannot(host: Host) -> None:
    text = (host.folder / "_headers").read_text()
    for header in (
        "Content-Security-Policy: frame-ancestors 'none'",
        "Referrer-Policy: same-origin",
        "Strict-Transport-Security: max-age=",
        "X-Content-Type-Options: nosniff",
        "Permissions-Policy: ",
    ):
        assert f"  {header}" in text
    assert "/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n" in text


def test_every_alias_redirects_by_page_and_by_rule(host: Host) -> None:
    redirects = [line.split() for line in (host.folder / "_redirects").read_text().splitlines()]
    pages = {path: page for path, page in host.pages.items() if page.is_redirect}
    assert len(redirects) == len(pages)
    for old, new, status in redirects:
        assert status == "301"
        page = pages[f"{old.strip('/')}/index.html"]
        assert page.links("canonical")[0].get("href") == f"{host.origin}{new}"
        assert host.file_of(f"{host.origin}{new}").is_file()  # type: ignore[union-attr]


def test_404_page_stands_alone_from_any_depth(host: Host) -> None:
    page = host.pages["404.html"]
    relative = [
        address
        for _, address in page.addresses()
        if not address.startswith(("/", "#", "http", "tel:", "sms:", "mailto:"))
    ]
    assert relative == []


def test_fingerprinted_files_are_all_used(host: Host) -> None:
    """What no page, style or script names would be published for nobody."""
    texts = "".join(page.text for page in host.pages.values())
    texts += "".join(path.read_text("utf-8") for path in host.folder.rglob("*.css"))
    texts += "".join(path.read_text("utf-8") for path in host.folder.rglob("*.js"))
    texts += "".join(content.decode() for _, content in feeds(host, "atom"))
    # Modules name their neighbours; a language's part of a script is named after the script.
    # The demonstration has no film: their styles are there for sites that do.
    by_rule = re.compile(r"/elements\.|/media\.|\.[a-z]{2}\.js$")
    unused = [
        path.relative_to(host.folder).as_posix()
        for path in (host.folder / "assets").rglob("*")
        if path.is_file() and not by_rule.search(path.as_posix()) and path.name not in texts
    ]
    assert unused == []
