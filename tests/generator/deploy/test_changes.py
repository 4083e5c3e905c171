"""What is sent, in which order, what is deleted, and what caches are told to forget."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.deploy.changes import compare, too_many_gone
from generator.deploy.invalidation import batches, paths_of
from generator.deploy.objects import SiteObject, cache_control, media_type


def site(**digests: str) -> list[SiteObject]:
    keys = {name.replace("__", "/").replace("_", "."): digest for name, digest in digests.items()}
    return [
        SiteObject(key, Path(key), media_type(key), cache_control(key), digest)
        for key, digest in keys.items()
    ]


def test_only_what_differs_is_sent_and_only_what_is_gone_is_deleted() -> None:
    listing = {"a.html": "1", "b.html": "1", "old.html": "1"}
    found = compare(site(a_html="1", b_html="2", c_html="3"), listing)
    assert [each.key for each in found.new] == ["c.html"]
    assert [each.key for each in found.changed] == ["b.html"]
    assert found.gone == ("old.html",)
    assert found.stale == ("b.html", "old.html")


def test_a_file_that_was_sent_in_parts_is_sent_again() -> None:
    assert [each.key for each in compare(site(a_html="1"), {"a.html": "1-2"}).sent] == ["a.html"]


def test_on_request_everything_is_sent_again() -> None:
    assert [each.key for each in compare(site(a_html="1"), {"a.html": "1"}, whole=True).sent] == ["a.html"]


def test_what_pages_name_is_sent_before_them() -> None:
    found = compare(site(a_html="1", manifest_json="1", assets__b_1a2b3c4d_css="1"), {})
    assert [[each.key for each in stage] for stage in found.stages] == [
        ["assets/b.1a2b3c4d.css"],
        ["manifest.json"],
        ["a.html"],
    ]


@pytest.mark.parametrize(
    ("kept", "gone", "percent", "too_many"),
    [(4, 1, 20, False), (3, 1, 20, True), (0, 5, 20, True), (5, 0, 0, False), (99, 1, 0, True)],
)
def test_deleting_more_than_a_share_is_too_much(kept: int, gone: int, percent: int, too_many: bool) -> None:
    listing = {f"k{n}.html": "1" for n in range(kept)} | {f"g{n}.html": "1" for n in range(gone)}
    changes = compare(site(**{f"k{n}_html": "1" for n in range(kept)}), listing)
    assert too_many_gone(changes, percent) == too_many


@pytest.mark.parametrize(
    ("keys", "paths"),
    [
        (["index.html"], ["/index.html", "/"]),
        (["migraine/aura/index.html"], ["/migraine/aura/index.html", "/migraine/aura/"]),
        (["feed.atom"], ["/feed.atom"]),
        (["salud/migraña/index.html"], ["/salud/migra%C3%B1a/index.html", "/salud/migra%C3%B1a/"]),
        (["ms.example/index.html"], ["/ms.example/index.html", "/ms.example/", "/index.html", "/"]),
        (["a.html", "b.html", "c.html", "d.html", "e.html"], ["/*"]),
    ],
)
def test_caches_are_told_each_address_of_a_file(keys: list[str], paths: list[str]) -> None:
    assert list(paths_of(keys, most=4)) == paths


def test_paths_go_in_batches() -> None:
    assert [list(batch) for batch in batches(["a", "b", "c"], 2)] == [["a", "b"], ["c"]]
