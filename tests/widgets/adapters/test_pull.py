"""`gatherwell results pull`: interrupted, unchanged, and what is withdrawn between two of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from generator.content.snapshot import PULLED, SNAPSHOT
from tests.browser.desk.conftest import Office
from tests.sites import TinySite
from tests.widgets.conftest import THREAD
from widgets.adapters import pull as pulling
from widgets.adapters.fetching import Fetched, fetch
from widgets.adapters.pull import PullError, pull

ROOT = Path(__file__).parents[3]
NOON = 1_790_078_400.0


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    folder = tmp_path / "office"
    folder.mkdir()
    opened = Office(folder)
    yield opened
    opened.stop()


def pulled(office: Office, root: Path, now: float = NOON) -> Path:
    pull(endpoint=office.origin, out=root / SNAPSHOT, clock=lambda: now)
    return root / SNAPSHOT


class Requests:
    """Counts what was asked and how it was answered; from the `dead`-th on nothing is answered."""

    def __init__(self, dead: int = 10**9) -> None:
        self.statuses: list[int] = []
        self.dead = dead

    def __call__(self, url: str, etag: str = "") -> Fetched:
        if len(self.statuses) >= self.dead:
            raise PullError("The line is dead.")
        found = fetch(url, etag)
        self.statuses.append(found.status)
        return found


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("widgets.function.kinds.snapshot.IDS_IN_A_PAGE", 1)
    monkeypatch.setattr(pulling, "_AT_ONCE", 1)


def test_an_unchanged_pull_writes_nothing_and_another_day_is_a_new_date(
    office: Office, tmp_path: Path
) -> None:
    snapshot = pulled(office, tmp_path)
    first = snapshot.stat().st_mtime_ns, snapshot.read_bytes()
    pulled(office, tmp_path, NOON + 3_600)
    assert (snapshot.stat().st_mtime_ns, snapshot.read_bytes()) == first
    pulled(office, tmp_path, NOON + 86_400)
    assert json.loads(snapshot.read_bytes())["fetched"] == "2026-09-23T12:00:00Z"


def test_a_proxy_that_keeps_the_query_back_is_told_and_takes_no_words_away(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index in the place of every page would be a snapshot without a comment or story."""
    before = pulled(office, tmp_path).read_bytes()
    monkeypatch.setattr(pulling, "fetch", lambda url, etag="": fetch(url.partition("?")[0]))
    with pytest.raises(PullError, match="hand on the query"):
        pulled(office, tmp_path, NOON + 86_400)
    assert (tmp_path / SNAPSHOT).read_bytes() == before


def test_an_answer_of_another_shape_is_refused_and_takes_no_words_away(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pulled(office, tmp_path).read_bytes()

    def changed(url: str, etag: str = "") -> Fetched:
        found = fetch(url)
        return Fetched(found.status, found.body.replace(b'"thread":"', b'"thread":"x'), found.etag)

    monkeypatch.setattr(pulling, "fetch", changed)
    with pytest.raises(PullError, match=r"should not: calls itself x"):
        pulled(office, tmp_path, NOON + 86_400)
    assert (tmp_path / SNAPSHOT).read_bytes() == before


@pytest.mark.usefixtures("small_pages")
def test_an_interrupted_pull_changes_nothing_and_goes_on_where_it_was(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = Requests(dead=4)
    monkeypatch.setattr(pulling, "fetch", cut)
    with pytest.raises(PullError):
        pulled(office, tmp_path)
    assert not (tmp_path / SNAPSHOT).exists()
    rest = Requests()
    monkeypatch.setattr(pulling, "fetch", rest)
    pulled(office, tmp_path)
    assert rest.statuses.count(304) == 3
    assert rest.statuses.count(200) == len(rest.statuses) - 3
    assert THREAD in json.loads((tmp_path / SNAPSHOT).read_bytes())["threads"]


@pytest.mark.usefixtures("small_pages")
def test_a_change_is_fetched_with_its_page_alone(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled(office, tmp_path)
    office.written("New words", state="published")
    asked = Requests()
    monkeypatch.setattr(pulling, "fetch", asked)
    pulled(office, tmp_path)
    assert asked.statuses.count(200) == 2  # the index, and one page
    assert "New words" in (tmp_path / SNAPSHOT).read_text("utf-8")


def test_a_function_of_an_earlier_version_is_told(office: Office, tmp_path: Path) -> None:
    with pytest.raises(PullError, match="of an earlier version"):
        pull(endpoint=f"{office.origin}/nowhere", out=tmp_path / SNAPSHOT)


def recipes() -> list[tuple[str, ...]]:
    """The paths of each cache and upload in the documented recipes."""
    text = (ROOT / "docs" / "continuous-integration.md").read_text("utf-8")
    found = []
    for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL):
        document = yaml.safe_load(block)
        jobs = document["jobs"].values() if isinstance(document, dict) else [{"steps": document}]
        for job in jobs:
            for step in job["steps"]:
                if "cache@" in step.get("uses", ""):
                    found.append(tuple(step["with"]["path"].split()))
    return found


def cached(root: Path, patterns: tuple[str, ...]) -> dict[str, bytes]:
    """What such a cache takes: an entry that matches with all below it, but for entries that a `!` names."""
    chosen: set[Path] = set()
    for pattern in patterns:
        entries = set(root.glob(pattern.removeprefix("!")))
        chosen = chosen - entries if pattern.startswith("!") else chosen | entries
    files = {path for entry in chosen for path in ([entry] if entry.is_file() else entry.rglob("*"))}
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files if path.is_file()}


def test_there_is_a_recipe_for_one_job_and_for_one_a_condition() -> None:
    assert len(recipes()) == 2


def test_what_is_withdrawn_between_two_pulls_is_in_nothing_that_a_recipe_caches(
    office: Office, tmp_path: Path, site: TinySite
) -> None:
    site.put("gatherwell.yaml", "title: T\nbase_url: https://tiny.example/\ncomments: {default: open}\n")
    site.put("content/migraine/_index.md", "---\ntitle: Migraine\n---\n")
    site.put(
        "content/migraine/weather.md",
        "---\ntitle: Weather\ndate: 2026-01-01\nid: migraine~weather\n---\nText.\n",
    )
    gone = office.written("Words that are withdrawn", state="published")
    pulled(office, site.root)
    site.build()
    page = "migraine/weather/index.html"
    assert "Words that are withdrawn" in site.text(page)
    for patterns in recipes():
        taken = cached(site.root, patterns)
        assert any(name.endswith(".sqlite") for name in taken)
        assert not [name for name, content in taken.items() if b"are withdrawn" in content]
        assert not [name for name in taken if name.startswith((".gatherwell/private", "site/"))]
    office.do(office.erase(gone))
    pulled(office, site.root)
    site.build()
    left = {path for path in site.root.rglob("*") if path.is_file() and b"are withdrawn" in path.read_bytes()}
    assert left == set()
    assert (site.root / PULLED).is_dir()
