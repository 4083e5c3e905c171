"""Events of the shapes that AWS sends, whole: HTTP API behind CloudFront, and Function URL.

Their fields are those of AWS's own examples (docs.aws.amazon.com: "Working with AWS Lambda proxy integrations for
HTTP APIs", "Invoking Lambda function URLs"): form bodies come in base64, cookies in a list of their own, and a header
that was sent twice as one with a comma.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.adapters.test_adapters import an_event_loop, environment  # noqa: F401  (a fixture)
from tests.widgets.conftest import POLL
from widgets.adapters.aws_lambda import make_handler

EVENTS = sorted((Path(__file__).parent / "events").glob("*.json"))
SAID = f"/api/v1/said?what=voted&poll={POLL}&lang=en&first=1&until="

EXPECTED: dict[str, tuple[int, str]] = {
    "http-api.get": (200, '"voters":0'),
    "http-api.get-thread": (200, '"order":"newest"'),
    "http-api.json-post": (200, '"choices":["often"]'),
    "http-api.form-post": (303, ""),
    "http-api.options": (204, ""),
    "http-api.header-twice": (400, '"key-malformed"'),
    "http-api.binary-post": (400, '"body-malformed"'),
    "function-url.get": (200, '"arthritis~work"'),
    "function-url.head": (200, ""),
    "function-url.json-post": (200, '"choices":["often"]'),
    "function-url.form-post": (303, ""),
    "function-url.options": (403, '"origin-refused"'),
    "function-url.page": (200, "<!doctype html>"),
}


@pytest.fixture
def handle(tmp_path: Path, manifest_file: Path) -> Any:
    settings = environment(tmp_path, manifest_file) | {
        "GATHERWELL_LIMITS": "on",
        "GATHERWELL_PROXY_SECRET": "proxy-secret-of-the-distribution-0001",
        "GATHERWELL_FORWARDED_HEADER": "cloudfront-viewer-address",
    }
    handler = make_handler(settings)
    folder = Path(__file__).parent / "events"
    return lambda name: handler(json.loads((folder / f"{name}.json").read_text("utf-8")), None)


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_an_event_is_answered(handle: Any, path: Path) -> None:
    answer = handle(path.stem)
    status, part = EXPECTED[path.stem]
    assert (answer["statusCode"], answer["isBase64Encoded"]) == (status, False)
    assert part in answer["body"]
    assert bool(answer["body"]) == bool(part)
    assert "cache-control" in answer["headers"]


@pytest.mark.parametrize("name", ["http-api.json-post", "http-api.form-post", "function-url.json-post"])
def test_a_vote_counts_and_the_same_again_does_not(handle: Any, name: str) -> None:
    handle(name)
    handle(name)
    assert '"voters":1' in handle("http-api.get")["body"]


def test_the_first_form_sets_one_cookie_and_leads_to_the_page_that_says_so(handle: Any) -> None:
    answer = handle("function-url.form-post")
    [cookie] = answer["cookies"]
    assert cookie.startswith("__Host-gw=")
    assert "set-cookie" not in answer["headers"]
    assert answer["headers"]["location"].startswith(SAID)


def test_a_cookie_among_others_is_known_again(handle: Any) -> None:
    answer = handle("http-api.form-post")
    assert answer["headers"]["location"] == "https://example.org/weather/#poll-weather-trigger"
    assert "cookies" not in answer


def test_limits_go_by_the_viewer_that_cloudfront_names(handle: Any, tmp_path: Path) -> None:
    """Both ways lead to one address, and so to one bucket of each limit."""
    handle("http-api.json-post")
    handle("function-url.json-post")
    with sqlite3.connect(tmp_path / "store.sqlite-ledger") as ledger:
        drawn = [n for (n,) in ledger.execute("SELECT n FROM limits ORDER BY n")]
    # Two votes of one address, of which one is its first: that counts for the address and the network around it too.
    assert drawn == [1, 1, 1, 2]
