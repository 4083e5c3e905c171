"""Over random histories of edits an incremental build equals a clean one, and renders just what changed."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import SiteError
from tests.sites import NOW, TinySite, forget_version

NAMES = ("a", "b", "c", "d", "e")
CONDITIONS = ("migraine", "ms")
TOPICS = ("sleep", "work", "food")
CONFIG = "title: Tiny\nbase_url: https://tiny.example/\nlanguages: [en, es]\npagination: {per_page: 2}\ncards: 'off'\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="20"><title>A</title></svg>'

names = st.sampled_from(NAMES)
conditions = st.sampled_from(CONDITIONS)
days = st.integers(1, 28)
words = st.sampled_from(
    [
        "One.",
        "Two words.",
        "Three\n\nparagraphs\n\nhere.",
        "## A heading\n\nText.",
        "[^s] cited.\n\n[^s]: A note.",
    ]
)


def article(condition: str, name: str, day: int, topic: str, body: str, extra: str = "") -> tuple[str, str]:
    text = f"---\ntitle: {name} {day}\ndate: 2026-05-{day:02d}\ntopics: [{topic}]\nauthors: ana\n{extra}---\n{body}\n"
    return f"content/{condition}/{name}.md", text


def put(path: str, text: str) -> tuple[str, str, str]:
    return ("put", path, text)


edits = st.one_of(
    st.builds(
        lambda c, n, d, t, b: put(*article(c, n, d, t, b)),
        conditions,
        names,
        days,
        st.sampled_from(TOPICS),
        words,
    ),
    st.builds(
        lambda c, n, d: put(*article(c, n, d, "sleep", "Later.", f"expires: 2026-06-{d:02d}\n")),
        conditions,
        names,
        days,
    ),
    st.builds(lambda c, n: put(*article(c, n, 3, "work", "Draft.", "draft: true\n")), conditions, names),
    st.builds(
        lambda c, n, o: put(*article(c, n, 4, "work", f"See [other]({o}.md).")), conditions, names, names
    ),
    st.builds(
        lambda c, n, o: put(*article(c, n, 5, "food", "Old.", f"aliases: [/old-{o}/]\n")),
        conditions,
        names,
        names,
    ),
    st.builds(
        lambda n, c: put(*article("ms", n, 6, "food", "Guest.", f"conditions: {c}\n")), names, conditions
    ),
    st.builds(
        lambda c, n, k: put(
            *article(c, n, 7, "work", f":::poll{{#p-{n}}}\nWell?\n- Yes {{#yes}}\n- {k} {{#no}}\n:::")
        ),
        conditions,
        names,
        st.sampled_from(["No", "Not"]),
    ),
    st.builds(
        lambda c, n: put(
            f"content/{c}/{n}.es.md", f"---\ntitle: {n} en español\ndate: 2026-05-02\n---\nHola.\n"
        ),
        conditions,
        names,
    ),
    st.builds(lambda c, n: put(*article(c, n, 8, "food", "![A](pic.svg)")), conditions, names),
    st.builds(lambda c, n: put(*article(c, n, 9, "food", "A :term[aura] here.")), conditions, names),
    st.builds(lambda c, w: put(f"content/{c}/pic.svg", SVG.format(w)), conditions, st.integers(10, 12)),
    st.builds(
        lambda t: put("content/_people/ana.md", f"---\nname: {t}\nrole: advocate\n---\nBio.\n"),
        st.sampled_from(["Ana", "Anna"]),
    ),
    st.builds(
        lambda t: put("content/_glossary.yaml", f"aura:\n  term: aura\n  plain: {t}\n"),
        st.sampled_from(["Light.", "Lights."]),
    ),
    st.builds(
        lambda t: put("content/_pages/about.md", f"---\ntitle: {t}\n---\nAbout.\n"),
        st.sampled_from(["About", "Who"]),
    ),
    st.builds(lambda n: put("gatherwell.yaml", CONFIG + f"feeds: {{items: {n}}}\n"), st.integers(1, 3)),
    st.builds(
        lambda t: put("themes/commons/i18n/en.yaml", f"language: en\nskip: {t}\n"),
        st.sampled_from(["Skip", "Jump"]),
    ),
    st.builds(lambda v: ("snapshot", str(v), ""), st.integers(0, 3)),
    st.builds(lambda c, n: ("delete", f"content/{c}/{n}.md", ""), conditions, names),
    st.builds(
        lambda c, n, o: ("rename", f"content/{c}/{n}.md", f"content/{c}/{o}.md"), conditions, names, names
    ),
    st.builds(lambda d: ("clock", str(d), ""), st.integers(-20, 40)),
    st.sampled_from(["no cache", "short cache", "another version", "damage", "nothing"]).map(
        lambda kind: (kind, "", "")
    ),
)


def perform(site: TinySite, edit: tuple[str, str, str], now: dt.datetime) -> dt.datetime:
    """Do one edit; returns the clock."""
    kind, first, second = edit
    cache = site.root / ".gatherwell" / "cache.sqlite"
    if kind == "put":
        if first.startswith("themes/"):
            site.put("themes/commons/theme.yaml", "extends: commons\n")
        site.put(first, second)
    elif kind == "delete":
        (site.root / first).unlink(missing_ok=True)
    elif kind == "rename" and (site.root / first).exists():
        (site.root / first).replace(site.root / second)
    elif kind == "clock":
        return NOW + dt.timedelta(days=int(first))
    elif kind == "snapshot":
        votes = [{"key": "yes", "votes": int(first)}, {"key": "no", "votes": 1}]
        results = {"voters": int(first) + 1, "options": votes, "step": None}
        answer = {"poll": "ms~p-a", "version": 1, "results": results}
        value = {"version": 1, "fetched": "2026-05-01T00:00:00Z", "polls": {"ms~p-a": answer}, "threads": {}}
        site.put(".gatherwell/snapshot.json", json.dumps(value))
    elif kind == "no cache":
        cache.unlink(missing_ok=True)
    elif kind == "short cache" and cache.exists():
        cache.write_bytes(cache.read_bytes()[: cache.stat().st_size // 2])
    elif kind == "another version" and cache.exists():
        forget_version(cache)
    elif kind == "damage":
        pages = sorted(site.out.rglob("index.html"))
        if pages:
            pages[len(pages) // 2].write_text("damaged")
    return now


def restore(site: TinySite, sources: dict[Path, bytes]) -> None:
    """Take back an edit that cannot be built, so that the history goes on."""
    for path in (site.root / "content").rglob("*"):
        if path.is_file() and path not in sources:
            path.unlink()
    for path, content in sources.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def views(site: TinySite) -> dict[str, str]:
    """The view digest of each page in place."""
    database = sqlite3.connect(site.root / ".gatherwell" / "cache.sqlite")
    try:
        return dict(database.execute("SELECT path, view FROM outputs WHERE path LIKE '%.html'"))
    finally:
        database.close()


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(edits, min_size=20, max_size=20))
def test_any_history_ends_as_a_clean_build(history: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = TinySite(Path(folder) / "project")
        site.put("gatherwell.yaml", CONFIG)
        site.put(*article("migraine", "a", 1, "sleep", "Begin."))
        site.put(*article("ms", "a", 2, "work", "Begin."))
        now = NOW
        site.build(now=now)
        for edit in history:
            before, in_place = site.outputs(), views(site)
            sources = {
                path: path.read_bytes() for path in (site.root / "content").rglob("*") if path.is_file()
            }
            now = perform(site, edit, now)
            try:
                result = site.build(now=now)
            except SiteError:
                if edit[0] != "damage":
                    assert site.outputs() == before, "a failed build must leave the site as it was"
                restore(site, sources)
                continue
            assert site.outputs() == site.clean_outputs(Path(folder) / "clean", now=now), edit
            if (
                edit[0] == "put"
                and not edit[1].startswith(("themes", "gatherwell"))
                and in_place == {path: view for path, view in in_place.items() if view}
            ):
                after = views(site)
                changed = {path for path, view in after.items() if in_place.get(path) != view}
                assert result.rendered == len(changed), edit
        shutil.rmtree(site.root)
