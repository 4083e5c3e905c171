"""What the running preview answers: the site's headers, clean refusals, its own routes for its own pages alone."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Callable, Iterator

import pytest

from tests.browser.preview.conftest import SITE
from tests.browser.preview.previews import RunningPreview
from tests.sites import TinySite
from tests.widgets.solving import solution_of


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPreview]:
    """One preview for all tests of this file: none of them edits the site."""
    site = TinySite(tmp_path_factory.mktemp("requests") / "project", SITE)
    site.article("migraine/later.md", date="2026-06-10")
    site.article(
        "migraine/poll.md", ":::poll{#rest}\nDo you rest?\n- Yes {#yes}\n- No {#no}\n:::", date="2026-05-01"
    )
    site.put(
        "content/lupus/_index.md",
        "---\ntitle: Lupus\nbase_url: https://lupus.example/care/\n---\nAnother home.\n",
    )
    running = RunningPreview(site.root, "--now", "2026-06-01")
    yield running
    assert running.stop() == 0


class Answer:
    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status = answer.status
        self.headers = answer.headers
        self.text = answer.read().decode()


def ask(preview: RunningPreview, path: str, method: str = "GET", port: int = 0, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port or preview.port, timeout=60)
    try:
        connection.request(
            method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        return Answer(connection.getresponse())
    finally:
        connection.close()


def raw(preview: RunningPreview, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", preview.port), timeout=60) as connection:
        connection.sendall(request)
        return connection.recv(65536)


def test_a_page_has_the_site_s_own_headers(preview: RunningPreview) -> None:
    answer = ask(preview, "/migraine/pacing/")

    assert answer.status == 200
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_only_a_browser_that_opens_a_page_gets_the_client(preview: RunningPreview) -> None:
    plain, opened = ask(preview, "/migraine/"), ask(preview, "/migraine/", Accept="text/html,*/*")

    assert "/__preview/" not in plain.text
    assert opened.text.count('src="/__preview/client.js"') == 1


def test_a_page_that_is_known_is_not_sent_again(preview: RunningPreview) -> None:
    etag = ask(preview, "/migraine/pacing/").headers["ETag"]

    assert ask(preview, "/migraine/pacing/", If_None_Match=etag).status == 304


def test_a_missing_slash_is_mended(preview: RunningPreview) -> None:
    answer = ask(preview, "/migraine/pacing")

    assert (answer.status, answer.headers["Location"]) == (308, "/migraine/pacing/")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/../gatherwell.yaml",
        "/migraine/../../gatherwell.yaml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2fgatherwell.yaml",
        "/migraine/%00/",
        "//etc/passwd",
        "/content/migraine/pacing.md",
        "/.gatherwell/cache.sqlite",
        "/migraine/%ff%fe/",
        "/__preview/../serve.py",
        "/__preview/..%2fapp.py",
    ],
)
def test_what_the_site_does_not_have_is_a_clean_404(preview: RunningPreview, path: str) -> None:
    answer = ask(preview, path)

    assert answer.status == 404
    assert "title: " not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_pages_are_only_read(preview: RunningPreview, method: str) -> None:
    assert ask(preview, "/migraine/", method).status == 405


def test_a_head_request_has_no_body(preview: RunningPreview) -> None:
    answer = ask(preview, "/migraine/", "HEAD")

    assert (answer.status, answer.text) == (200, "")


def test_a_huge_header_is_refused(preview: RunningPreview) -> None:
    answer = raw(preview, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000 + b"\r\n\r\n")

    assert answer.split(b" ")[1].startswith(b"4")


def test_another_name_than_ours_is_refused(preview: RunningPreview) -> None:
    assert ask(preview, "/migraine/", Host="evil.example").status == 421
    assert ask(preview, "/__preview/events", Host="evil.example").status == 421
    assert (
        raw(preview, b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n").split(b" ")[1][:1]
        == b"4"
    )


@pytest.mark.parametrize("route", ["events", "errors", "page?path=/migraine/", "client.js"])
def test_no_other_site_may_read_what_the_preview_says(preview: RunningPreview, route: str) -> None:
    assert ask(preview, f"/__preview/{route}", Origin="https://evil.example").status == 403
    assert ask(preview, f"/__preview/{route}", Sec_Fetch_Site="cross-site").status == 403


def test_the_site_can_be_seen_as_of_another_moment(preview: RunningPreview) -> None:
    assert ask(preview, "/migraine/later/").status == 404
    assert ask(preview, "/migraine/later/?now=2026-06-11").status == 200


def test_a_moment_that_is_none_is_a_clean_400(preview: RunningPreview) -> None:
    answer = ask(preview, "/migraine/?now=soon")

    assert answer.status == 400
    assert "is not a date" in answer.text


def test_a_condition_with_a_host_of_its_own_has_a_port_and_its_path(preview: RunningPreview) -> None:
    line = preview.wait_for_line("lupus has a host of its own")
    port = int(line.rsplit(":", 1)[1].split("/")[0])

    assert line.strip().endswith("/care/")
    assert "Another home" in ask(preview, "/care/", port=port).text
    assert ask(preview, "/", port=port).headers["Location"] == "/care/"
    assert ask(preview, "/migraine/", port=port).status == 404


def test_the_function_answers_at_its_place(preview: RunningPreview) -> None:
    answer = ask(preview, "/api/v1/threads/migraine~pacing")

    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("application/json")


def send_vote(preview: RunningPreview, **proof: str) -> Answer:
    given = {
        "Content-Type": "application/json",
        "Origin": preview.url.rstrip("/"),
        "Gatherwell-Key": "0123456789abcdef" * 2,
        "Idempotency-Key": "fedcba9876543210" * 2,
    }
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=60)
    body = json.dumps({"version": 1, "choices": ["yes"], **proof})
    connection.request("POST", "/api/v1/polls/migraine~rest/votes", body, given)
    answer = Answer(connection.getresponse())
    connection.close()
    return answer


def test_a_vote_from_the_preview_s_own_page_counts(preview: RunningPreview) -> None:
    asked = json.loads(send_vote(preview).text)

    answer = send_vote(preview, altcha=solution_of(asked["challenge"]))

    assert answer.status == 200, answer.text
    assert json.loads(answer.text)["results"]["voters"] == 1


def test_the_search_index_is_made_when_somebody_searches(preview: RunningPreview) -> None:
    directory = ask(preview, "/search/index/en/directory.json")

    assert directory.status == 200
    assert directory.headers["Content-Type"].startswith("application/json")
    assert ask(preview, "/search/index/en/words/deadbeef41c6ce57.json").status == 200


def test_several_roots_at_once_share_nothing(
    preview: RunningPreview, start: Callable[..., RunningPreview], site: TinySite
) -> None:
    site.replace("content/migraine/light.md", "Dim the room.", "Another project.")
    other = start(port=preview.port)

    assert other.port != preview.port
    other.wait_for_line(f"Port {preview.port} is taken")
    assert "Another project." in ask(other, "/migraine/light/").text
    assert "Another project." not in ask(preview, "/migraine/light/").text
