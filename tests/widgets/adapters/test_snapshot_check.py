"""A snapshot that was changed by hand is refused with its place; what the function answers is cleaned the same way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from widgets.adapters.snapshot_check import checked, demand_snapshot
from widgets.desk.moderation.sources import note_html
from widgets.rules.text import render, render_long
from widgets.store.records import StoreError

ID, OTHER = "01a" + 23 * "0", "01b" + 23 * "0"


def comment(**changes: Any) -> dict[str, Any]:
    note = {
        "html": note_html("Ask *first*.", "https://x.example/?a=1&b=2", "Dr O'Neill"),
        "source": None,
        "by": "Dr",
    }
    made = {
        "id": ID,
        "root": ID,
        "parent": None,
        "state": "published",
        "pseudonym": "Ana",
        "role": None,
        "note": note,
    }
    html = render('I\'d rest & "wait": [x](https://x.example/?a=1&b=2) <b>')
    return {
        **made,
        "html": html,
        "created": "2026-01-02T03:04:05Z",
        "edited": None,
        "reactions": {"me-too": 1},
    } | changes


def voice(**changes: Any) -> dict[str, Any]:
    made = {
        "id": "bcdfghjk",
        "kind": "story",
        "condition": "ms",
        "lang": "en",
        "title": "A",
        "html": render_long("# A\n\nb"),
    }
    return {**made, "published": "2026-01-02", "note": None} | changes


def snapshot(*comments: dict[str, Any], **changes: Any) -> dict[str, Any]:
    results = {"voters": 2, "options": [{"key": "a", "votes": 2}], "step": None}
    survey = {"version": 1, "moment": "2026-01-02T03:04:05+00:00", "tables": [], "base": 5}
    made: dict[str, Any] = {
        "version": 1,
        "fetched": "2026-01-02T03:04:05Z",
        "polls": {"ms~p": {"poll": "ms~p", "version": 1, "results": results}},
        "threads": {"ms~a": {"thread": "ms~a", "count": len(comments), "comments": list(comments)}},
        "surveys": {"ms~s": survey, "ms~t": None},
        "voices": {"bcdfghjk": voice()},
        "hub": {"ms": [ID]},
    }
    return made | changes


def refusal(tmp_path: Path, held: dict[str, Any]) -> str:
    file = tmp_path / "snapshot.json"
    file.write_text(json.dumps(held, indent=1), "utf-8")
    try:
        demand_snapshot(file)
    except StoreError as error:
        return str(error).removeprefix(f"{file}: ").partition(". It was")[0]
    return ""


def test_what_the_function_makes_is_let_through(tmp_path: Path) -> None:
    assert refusal(tmp_path, snapshot(comment(), comment(id=OTHER, parent=ID, state="noted"))) == ""


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (
            snapshot(comment(), comment(id=OTHER, html="<p onclick='x()'>a</p>")),
            f"line 21, threads, ms~a: HTML that the function does not let through, in comment {OTHER}",
        ),
        (snapshot(comment(html="<script>x()</script>")), "HTML that the function does not let through"),
        (
            snapshot(comment(html="<xmp><img src=x onerror=x()></xmp>")),
            "HTML that the function does not let through",
        ),
        (
            snapshot(comment(html='<a href="javascript:x()">a</a>')),
            "HTML that the function does not let through",
        ),
        (snapshot(comment(note={"html": "<svg/onload=x()>"})), "HTML that the function does not let through"),
        (snapshot(comment(note={"html": "a", "source": "javascript:x()"})), "its source is no https address"),
        (snapshot(comment(id="../x")), "matching regex"),
        (snapshot(comment(created="yesterday")), "- at `$.comments[0].created`"),
        (snapshot(comment(role={"key": "doctor"})), "Invalid enum value 'doctor'"),
        (snapshot(comment(), comment()), "two of its comments have one id"),
        (snapshot(threads={"ms~b": {"thread": "ms~a"}}), "threads, ms~b: calls itself ms~a"),
        (snapshot(voices={"bcdfghjk": voice(html="<h1>A</h1>")}), "line "),
        (
            snapshot(voices={"bcdfghjk": voice(kind="letter")}),
            "voices, bcdfghjk: Invalid enum value 'letter'",
        ),
        (
            snapshot(polls={"ms~p": {"poll": "ms~p", "version": 1, "results": {"voters": -1}}}),
            "polls, ms~p: Expected",
        ),
        (snapshot(surveys={"ms~s": {"version": 1}}), "surveys, ms~s: Object missing required field"),
        (snapshot(extra=1), "is no snapshot"),
        (snapshot(version=2), "is no snapshot"),
    ],
)
def test_what_no_function_answers_is_refused_with_its_place(
    tmp_path: Path, held: dict[str, Any], wanted: str
) -> None:
    assert wanted in refusal(tmp_path, held)


def test_what_the_function_answers_is_cleaned_once_more() -> None:
    entry = {"thread": "ms~a", "count": 1, "comments": [comment(html="<p>a<img src=x onerror=x()></p>")]}
    assert [one["html"] for one in checked("threads", "ms~a", entry)["comments"]] == ["<p>a</p>"]
