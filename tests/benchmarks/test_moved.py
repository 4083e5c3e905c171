"""The look over what moved in finds each kind of thing that is out of place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.moved import Expected, Found, look

BASE = "https://new.example/"
EXPECTED = Expected(
    {1: "rest before", 2: "the light"}, {1: (1, 0), 2: (1, 1), 3: (1, 2), 4: (1, 0), 5: (2, 0)}
)
FIRST = "<h1>Post 1</h1><p>rest before you</p>"
TOP = (
    '<ol class="comment-list" role="list"><li>{0}<ol class="replies" role="list"><li>{1}</li><li>{2}</li></ol></li>'
    "<li>{3}</li></ol>"
)


def article(number: int) -> str:
    return f'<article class="comment" id="c-{number}"><p>number {number}.</p></article>'


def comment(number: int, parent: int = 0) -> dict[str, str | None]:
    return {
        "id": f"id{number}",
        "parent": f"id{parent}" if parent else None,
        "html": f"<p>number {number}.</p>",
    }


def files() -> dict[str, str]:
    made = {
        "_redirects": "".join(f"/2019/post-{n}/ /migraine/post-{n}/ 301\n" for n in (1, 2)),
        "migraine/post-1/index.html": FIRST + TOP.format(*map(article, (1, 2, 3, 4))),
        "migraine/post-2/index.html": "<h1>Post 2</h1><p>the light was</p>"
        f'<ol class="comment-list" role="list"><li>{article(5)}</li></ol>',
        "snapshot.json": json.dumps(
            {
                "threads": {
                    "a": {"comments": [comment(1), comment(2, 1), comment(3, 2), comment(4), comment(5)]}
                }
            }
        ),
    }
    for n in (1, 2):
        made[f"2019/post-{n}/index.html"] = f'<link rel="canonical" href="{BASE}migraine/post-{n}/">'
    return made


def looked(folder: Path, made: dict[str, str]) -> Found:
    for path, text in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return look(folder, folder / "snapshot.json", EXPECTED, BASE)


def test_what_is_in_its_place_is_counted(tmp_path: Path) -> None:
    assert looked(tmp_path, files()) == Found(2, 2, 5, 5, [])


@pytest.mark.parametrize(
    ("path", "old", "new", "faults"),
    [
        ("migraine/post-1/index.html", "rest before", "other words", ["post 1 has no page"]),
        ("_redirects", "/migraine/post-2/", "/migraine/post-1/", ["/2019/post-2/ leads nowhere"]),
        ("2019/post-2/index.html", "canonical", "next", ["/2019/post-2/", "post 2", "comment 5"]),
        ("migraine/post-1/index.html", article(4), "", ["comment 4 of post 1 stands at no page"]),
        ("migraine/post-2/index.html", article(5), article(5) * 2, ["comment 5 of post 2 stands at [(2, 5)"]),
        ("migraine/post-2/index.html", article(5), article(5) + article(3), ["comment 3 of post 1 stands"]),
        ("migraine/post-2/index.html", article(5), article(5) + article(9), ["comment 9 was not approved"]),
        ("migraine/post-1/index.html", '<ol class="replies"', "<ul", ["comment 2 ", "comment 3 "]),
        ("snapshot.json", '"parent": "id2"', '"parent": "id1"', ["comment 3 does not answer 2"]),
        ("snapshot.json", '"parent": "id1"', '"parent": null', ["comment 2 does not answer 1"]),
    ],
)
def test_what_is_out_of_place_is_named(
    tmp_path: Path, path: str, old: str, new: str, faults: list[str]
) -> None:
    made = files()
    assert old in made[path]
    found = looked(tmp_path, {**made, path: made[path].replace(old, new, 1)}).faults
    assert len(found) == len(faults)
    assert all(told.startswith(fault) for told, fault in zip(found, faults, strict=True))
