"""What HTTP asks of an answer: methods, tags, caches, other origins."""

from __future__ import annotations

import pytest

from tests.widgets.conftest import ORIGIN, POLL, THREAD, Function
from tests.widgets.function.http.test_middleware import KEY, OWN, VOTES, code
from widgets.store.records import Busy

pytestmark = pytest.mark.anyio


async def test_methods_that_are_not_there_are_told_with_those_that_are(function: Function) -> None:
    answer = await function.client.put(f"/api/v1/polls/{POLL}", headers=OWN)
    assert code(answer) == "method-not-allowed"
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize("path", [f"/polls/{POLL}", "/polls/unknown", "/healthz", "/said?what=voted", "/no"])
async def test_head_is_get_without_its_body(function: Function, path: str) -> None:
    for _ in range(2):
        whole = await function.get(path)
        head = await function.client.head(f"/api/v1{path}")
        assert (head.status_code, head.headers) == (whole.status_code, whole.headers)
        assert (head.content, bool(whole.content)) == (b"", True)


async def test_a_preflight_is_granted_to_own_origins_alone(function: Function) -> None:
    asked = {"access-control-request-method": "POST", "access-control-request-headers": "gatherwell-key"}
    granted = await function.client.options(VOTES, headers={"origin": ORIGIN, **asked})
    assert (granted.status_code, granted.headers["access-control-allow-origin"]) == (204, ORIGIN)
    refused = await function.client.options(VOTES, headers={"origin": "https://evil.example", **asked})
    assert code(refused) == "origin-refused"


async def test_public_answers_are_cacheable_and_unchanged_ones_are_not_sent_again(function: Function) -> None:
    for path in (f"/polls/{POLL}", f"/threads/{THREAD}", f"/counts?threads={THREAD}"):
        first = await function.get(path)
        assert first.headers["cache-control"] == "public, max-age=15, stale-while-revalidate=60"
        assert "vary" not in first.headers
        again = await function.get(path, if_none_match=f"W/{first.headers['etag']}")
        assert (again.status_code, again.content) == (304, b"")
        await function.member().vote("often")
        await function.member().react("me-too")
        after = await function.get(path, if_none_match=first.headers["etag"])
        assert after.status_code == 200


@pytest.mark.parametrize(
    ("tags", "status"),
    [
        ("{tag}", 304),
        ("W/{tag}", 304),
        ('"other", W/{tag} , "more"', 304),
        ("*", 304),
        ('"other"', 200),
        ("{bare}", 200),
        ("", 200),
    ],
)
async def test_tags_are_compared_weakly_and_each_of_a_list(
    function: Function, tags: str, status: int
) -> None:
    first = await function.get(f"/threads/{THREAD}")
    tag = first.headers["etag"]
    sent = tags.format(tag=tag, bare=tag.strip('"'))
    again = await function.get(f"/threads/{THREAD}", if_none_match=sent)
    assert again.status_code == status
    for name in ("etag", "cache-control", "access-control-allow-origin"):
        assert again.headers[name] == first.headers[name]


async def test_public_answers_are_the_same_for_everybody(function: Function) -> None:
    plain = await function.get(f"/threads/{THREAD}")
    personal = await function.get(f"/threads/{THREAD}", gatherwell_key=KEY, cookie=f"__Host-gw={KEY}")
    assert (plain.content, plain.headers) == (personal.content, personal.headers)
    assert "set-cookie" not in personal.headers


@pytest.mark.parametrize(
    "path",
    [
        *("/api/v1/%00", "/api/v1/threads/%00", "/api/v1/polls/a%00b", "/api/v1/threads/x?comment=%00"),
        *("/api/v1/said?what=%00&until=%00&sign=%00", "/desk/%00", "/desk/items/%00", "/desk/assets/%00"),
        *("/desk/assets/%00desk.css", "/desk/enter?t=%00", "/desk/audit?before=%00", "/%00"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_a_zero_byte_in_an_address_is_answered(function: Function, path: str, method: str) -> None:
    headers = {"origin": ORIGIN, "gatherwell-key": "0" * 32}
    body = None if method == "GET" else b"{}"
    answer = await function.client.request(
        method, path, content=body, headers={**headers, "content-type": "application/json"}
    )
    assert 300 <= answer.status_code < 500


async def test_health_fails_where_the_ledger_takes_no_text(
    function: Function, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone() -> None:
        raise Busy("The ledger is not the file that was opened.")

    assert (await function.client.get("/api/v1/healthz")).status_code == 200
    monkeypatch.setattr(function.services.ledger.texts, "demand", gone)
    assert (await function.client.get("/api/v1/healthz")).status_code == 503
