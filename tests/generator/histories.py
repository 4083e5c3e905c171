"""Random histories of edits, for laws that must hold after each of them."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hypothesis import strategies as st

from generator.disk import stamps
from generator.ground.errors import SiteError
from tests.sites import NOW, TinySite, forget_version

NAMES = ("a", "b", "c", "d", "e")
CONDITIONS = ("migraine", "ms")
TOPICS = ("sleep", "work", "food")
CONFIG = "title: Tiny\nbase_url: https://tiny.example/\nlanguages: [en, es]\npagination: {per_page: 2}\ncards: 'off'\n"
# A cache is put aside under one of three names, and later put back in the place of what it has become.
CACHES = ("keep cache", "restore cache")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="20"><title>A</title></svg>'

SURVEY = """title: {title}
purpose: To learn.
sponsor: Nobody.
ethics: Nobody was asked.
recruitment: Here.
opens: 2026-05-01
closes: {closes}
consent: {{version: a, collection: Kept., publication: Counted.}}
questions:
- {{key: stage, ask: Since when?, kind: single, options: {{new: Now, old: Long}}}}
"""
RESULTS = """version: 1
moment: 2026-05-21
responses: {0}
tables:
- {{question: stage, answered: {0}, answers: {{new: {0}, old: kept back}}}}
"""

names = st.sampled_from(NAMES)
conditions = st.sampled_from(CONDITIONS)
days = st.integers(1, 28)
words = st.sampled_from(
    [
        'Say "yes".',
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
    st.builds(lambda c, n: ("same text in Spanish", f"content/{c}/{n}.md", ""), conditions, names),
    st.builds(lambda c, n: ("equal length", f"content/{c}/{n}.md", ""), conditions, names),
    st.builds(
        lambda c, n, w: ("other title", f"content/{c}/{n}.md", w),
        conditions,
        names,
        st.sampled_from(["Other", "Another\nsummary: Told."]),
    ),
    st.builds(
        lambda on: put("gatherwell.yaml", CONFIG + f"markdown: {{typographer: {on}}}\n"),
        st.sampled_from(["true", "false"]),
    ),
    st.builds(lambda c, n: put(*article(c, n, 8, "food", "![A](pic.svg)")), conditions, names),
    st.builds(
        lambda c, n, w: put(*article(c, n, 12, "food", f"::video[{w}]{{src=film.mp4 poster=pic.svg}}")),
        conditions,
        names,
        st.sampled_from(["A film", "Another"]),
    ),
    st.builds(lambda c, w: put(f"content/{c}/film.mp4", w), conditions, words),
    st.builds(lambda c: ("delete", f"content/{c}/film.mp4", ""), conditions),
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
    st.builds(
        lambda n, c: put("gatherwell.yaml", CONFIG + f"feeds: {{items: {n}, content: {c}}}\n"),
        st.integers(1, 3),
        st.sampled_from(["summary", "full"]),
    ),
    st.builds(
        lambda t: put("themes/commons/i18n/en.yaml", f"language: en\nskip: {t}\n"),
        st.sampled_from(["Skip", "Jump"]),
    ),
    st.builds(
        lambda c, t, d: put(f"content/{c}/surveys/day.yaml", SURVEY.format(title=t, closes=d)),
        conditions,
        st.sampled_from(["Days", "Nights"]),
        st.sampled_from(["2026-05-20", "2026-06-20"]),
    ),
    st.just(("delete", "content/migraine/surveys/day.yaml", "")),
    st.builds(lambda v: ("snapshot", str(v), ""), st.integers(0, 3)),
    st.builds(
        lambda c, w: put(f"content/{c}/days/_index.md", f"---\ntitle: Days\n---\n{w}\n"), conditions, words
    ),
    st.builds(lambda c, n, d: put(*article(f"{c}/days", n, d, "sleep", "A day.")), conditions, names, days),
    st.builds(lambda n: put("content/_results/ms~day.yaml", RESULTS.format(5 * n)), st.integers(3, 5)),
    st.just(("delete", "content/_results/ms~day.yaml", "")),
    st.builds(
        lambda n: put(*article("ms", n, 10, "work", "Told.", "type: survey-report\nsurvey: day\n")), names
    ),
    st.builds(
        lambda c, n: put(*article(c, n, 11, "work", "::results{survey=ms~day question=stage}")),
        conditions,
        names,
    ),
    st.builds(lambda n, w: put(f"static/{n}.txt", w), names, words),
    st.builds(lambda n: ("delete", f"static/{n}.txt", ""), names),
    st.builds(lambda c, n: ("delete", f"content/{c}/{n}.md", ""), conditions, names),
    st.builds(
        lambda c, n, o: ("rename", f"content/{c}/{n}.md", f"content/{c}/{o}.md"), conditions, names, names
    ),
    st.builds(lambda d: ("clock", str(d), ""), st.integers(-20, 40)),
    st.builds(
        lambda level: put(
            "gatherwell.yaml",
            CONFIG + f'checks: {{links: "{level}", images: "{level}", media: "{level}"}}\n',
        ),
        st.sampled_from(["warning", "off"]),
    ),
    st.sampled_from(["no cache", "short cache", "another version", "damage", "nothing"]).map(
        lambda kind: (kind, "", "")
    ),
    st.builds(lambda kind, age: (kind, str(age), ""), st.sampled_from(CACHES), st.integers(0, 2)),
    st.builds(lambda c, n: ("another checkout", f"{c}/{n}.md", ""), conditions, names),
)


PLACES = (*CONDITIONS, "gout")
_places = st.sampled_from(PLACES)
_DATED = "---\ntitle: {0}\ndate: 2026-05-{1:02d}\n{2}---\n{3}\n"


def _links_to(condition: str, name: str, written: str) -> str:
    ways = {
        "path": f"../{condition}/{name}.md",
        "address": f"/{condition}/{name}/",
        "anchor": f"../{condition}/{name}.md#part",
    }
    return f"See [that page]({ways[written]}).\n\n## Part {{#part}}\n\nText."


# Articles come, go, move between conditions, are taken off and put on, and change what others list, link to and order.
comings = st.one_of(
    st.builds(
        lambda c, n, d, extra: put(
            f"content/{c}/{n}.md", _DATED.format(n, d, extra, "## Part {#part}\n\nText.")
        ),
        _places,
        names,
        days,
        st.sampled_from(
            [
                "",
                "topics: [sleep]\n",
                "topics: [Sleep, work]\n",
                "order: 1\n",
                "type: story\n",
                "type: question\n",
                "slug: other\n",
                "slug: a\n",
                "authors: ana\n",
                "reviewer: ana\nlast_reviewed: 2026-05-02\n",
                "conditions: ms\n",
                "conditions: [gout, migraine]\n",
                "draft: true\n",
                "expires: 2026-05-20\n",
                "aliases: [/old/]\n",
                "corrections: [{date: 2026-05-03, what: A word}]\n",
                "id: told\n",
                "noindex: true\n",
            ]
        ),
    ),
    st.builds(
        lambda c, n, o, to, way: put(f"content/{c}/{n}.md", _DATED.format(n, 9, "", _links_to(to, o, way))),
        _places,
        names,
        names,
        _places,
        st.sampled_from(["path", "address", "anchor"]),
    ),
    st.builds(
        lambda c, n, o, to: put(
            f"content/{c}/{n}.md", _DATED.format(n, 8, f"because: [{{page: ../{to}/{o}.md}}]\n", "Text.")
        ),
        _places,
        names,
        names,
        _places,
    ),
    st.builds(
        lambda c, n, extra: put(f"content/{c}/{n}.es.md", _DATED.format(n, 7, extra, "Hola.")),
        _places,
        names,
        st.sampled_from(["", "translation_of: a.md\n", "topics: [sleep]\n"]),
    ),
    st.builds(
        lambda c, n, o, to: ("rename", f"content/{c}/{n}.md", f"content/{to}/{o}.md"),
        _places,
        names,
        names,
        _places,
    ),
    st.builds(
        lambda c, n, tag: ("delete", f"content/{c}/{n}{tag}.md", ""),
        _places,
        names,
        st.sampled_from(["", ".es"]),
    ),
    st.builds(lambda c, n: ("off or on", f"content/{c}/{n}.md", ""), _places, names),
    st.builds(
        lambda c, n, w: ("other title", f"content/{c}/{n}.md", w), _places, names, st.sampled_from(["X", "Y"])
    ),
    st.builds(lambda c, n: ("equal length", f"content/{c}/{n}.md", ""), _places, names),
    st.builds(lambda d: ("clock", str(d), ""), st.integers(-20, 10)),
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
    elif kind == "same text in Spanish" and (site.root / first).exists():
        text = (site.root / first).read_text()
        body = text.partition("\n---\n")[2]
        site.put(first.removesuffix(".md") + ".es.md", f"---\ntitle: El mismo\n---\n{body}")
    elif kind == "equal length" and (site.root / first).exists():
        text = (site.root / first).read_text().rstrip("\n")
        site.put(first, text[:-1] + ("!" if text.endswith(".") else ".") + "\n")
    elif kind == "other title" and (site.root / first).exists():
        text = (site.root / first).read_text()
        site.put(first, f"---\ntitle: {second}\n" + text.partition("\n")[2].partition("\n")[2])
    elif kind == "off or on" and (site.root / first).exists():
        text = (site.root / first).read_text()
        there = "draft: true\n" in text
        site.put(
            first,
            text.replace("draft: true\n", "")
            if there
            else text.replace("\n---\n", "\ndraft: true\n---\n", 1),
        )
    elif kind == "clock":
        return NOW + dt.timedelta(days=int(first))
    elif kind == "snapshot":
        votes = [{"key": "yes", "votes": int(first)}, {"key": "no", "votes": 1}]
        results = {"voters": int(first) + 1, "options": votes, "step": None}
        answer = {"poll": "ms~p-a", "version": 1, "results": results}
        cells = [{"key": "new", "count": 15 + 5 * int(first)}, {"key": "old", "count": None}]
        table = {"question": "stage", "by": None, "totals": {"": None}, "cells": cells}
        pulled = {"version": 1, "moment": "2026-05-21T00:00:00Z", "tables": [table]}
        value = {
            "version": 1,
            "fetched": "2026-05-01T00:00:00Z",
            "polls": {"ms~p-a": answer},
            "threads": {},
            "surveys": {"ms~day": pulled},
            "voices": told(int(first)),
        }
        site.put(".gatherwell/private/snapshot.json", json.dumps(value))
    elif kind == "no cache":
        cache.unlink(missing_ok=True)
    elif kind == "short cache" and cache.exists():
        cache.write_bytes(cache.read_bytes()[: cache.stat().st_size // 2])
    elif kind in CACHES:
        aside = site.root.parent / f"cache-{first}.sqlite"
        one, other = (cache, aside) if kind == "keep cache" else (aside, cache)
        if one.exists():
            shutil.copyfile(one, other)
    elif kind == "another checkout":
        build_elsewhere(site, first, now)
    elif kind == "another version" and cache.exists():
        forget_version(cache)
    elif kind == "damage":
        pages = sorted(site.out.rglob("index.html"))
        if pages:
            pages[len(pages) // 2].write_text("damaged")
    return now


def told(moment: int) -> dict[str, object]:
    """What members have told by then: a story arrives, a question too, the story changes and is no longer shared, both go."""

    def voice(id_: str, kind: str, text: str, share: bool) -> dict[str, object]:
        words = {"title": f"Told {text}", "html": f"<p>{text}</p>", "published": "2026-05-02", "share": share}
        return {"id": id_, "kind": kind, "condition": "ms", "lang": "en", **words}

    story = voice("bcdfghjk", "story", "once", True)
    asked = voice("mnpqrstv", "question", "why", True)
    changed = voice("bcdfghjk", "story", "twice", False)
    found = [[], [story], [story, asked], [changed]][moment]
    return {str(one["id"]): one for one in found}


def build_elsewhere(site: TinySite, article_path: str, now: dt.datetime) -> None:
    """Build a checkout with one article more and one less, and a cache of its own, into the site's output folder."""
    folder = site.root.parent / "checkout" / site.root.name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(site.root, folder, ignore=shutil.ignore_patterns("site", ".gatherwell"))
    other = TinySite(folder)
    (folder / "content" / article_path).unlink(missing_ok=True)
    other.article("migraine/elsewhere.md", date="2026-05-09", topics="[elsewhere]")
    other.put("static/elsewhere.txt", "Elsewhere.")
    with suppress(SiteError):
        other.build(out=site.out, now=now)


def restore(site: TinySite, sources: dict[Path, bytes]) -> None:
    """Take back an edit that cannot be built, so that the history goes on."""
    for path in (site.root / "content").rglob("*"):
        if path.is_file() and path not in sources:
            path.unlink()
    for path, content in sources.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


@contextmanager
def whole_seconds() -> Iterator[None]:
    """Stamps as on a file system that counts whole seconds: edits of equal length within one second look alike."""

    def floored(stat: object) -> stamps.Stamp:
        real = exact(stat)
        second = 1_000_000_000
        return stamps.Stamp(
            real.size, real.mtime // second * second, real.ctime // second * second, real.inode
        )

    exact = stamps.stamp_of
    users = [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("generator.") and getattr(module, "stamp_of", None) is exact
    ]
    for module in users:
        module.stamp_of = floored  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for module in users:
            module.stamp_of = exact  # type: ignore[attr-defined]
