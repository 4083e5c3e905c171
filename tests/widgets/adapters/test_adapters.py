"""The function on its platforms: Lambda's events, the zip on its own, real servers killed under load."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import re
import subprocess
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.widgets.conftest import ORIGIN, POLL, THREAD
from tests.widgets.store.conftest import Wire, wire  # noqa: F401  (a fixture)
from widgets.adapters.aws_lambda import make_handler
from widgets.adapters.environment import read_or_make_secret, settings_from
from widgets.adapters.package import package

KEY = "0123456789abcdef0123456789abcdef"
VOTES = f"/api/v1/polls/{POLL}/votes"


def environment(tmp_path: Path, manifest_file: Path) -> dict[str, str]:
    return {
        "GATHERWELL_MANIFEST": str(manifest_file),
        "GATHERWELL_STORE": f"sqlite:{tmp_path / 'store.sqlite'}",
        "GATHERWELL_SECRET": "s" * 40,
        "GATHERWELL_LIMITS": "off",
        "GATHERWELL_PROOF": "off",
    }


def event(
    method: str, path: str, body: bytes = b"", *, encoded: bool = False, **headers: str
) -> dict[str, Any]:
    """An HTTP API event, payload format 2.0, in the shape that API Gateway and Function URLs send."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    sent |= {"host": "example.org", "x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https"}
    raw_path, _, query = path.partition("?")
    found: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": raw_path,
        "rawQueryString": query,
        "cookies": [f"__Host-gw={KEY}"] if "cookie" in sent else [],
        "headers": {name: value for name, value in sent.items() if name != "cookie"},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "abcdefghij",
            "domainName": "abcdefghij.execute-api.eu-central-1.amazonaws.com",
            "http": {
                "method": method,
                "path": raw_path,
                "protocol": "HTTP/1.1",
                "sourceIp": "203.0.113.7",
                "userAgent": "a browser",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "$default",
            "stage": "$default",
            "time": "22/Sep/2026:12:00:00 +0000",
            "timeEpoch": 1790078400000,
        },
        "isBase64Encoded": encoded,
    }
    if body:
        found["body"] = base64.b64encode(body).decode() if encoded else body.decode()
    return found


@pytest.fixture
def lambda_handler(tmp_path: Path, manifest_file: Path) -> Any:
    return make_handler(environment(tmp_path, manifest_file))


@pytest.fixture(autouse=True)
def an_event_loop() -> Iterator[None]:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    loop.close()
    asyncio.set_event_loop(None)


JSON_VOTE = json.dumps({"version": 1, "choices": ["often"]}).encode()
WRITE = {"origin": ORIGIN, "gatherwell_key": KEY, "content_type": "application/json"}


def test_lambda_answers_a_get(lambda_handler: Any) -> None:
    answer = lambda_handler(event("GET", f"/api/v1/polls/{POLL}"), None)
    assert (answer["statusCode"], answer["isBase64Encoded"]) == (200, False)
    assert json.loads(answer["body"])["results"]["voters"] == 0
    assert answer["headers"]["cache-control"].startswith("public, max-age=15")


@pytest.mark.parametrize("encoded", [False, True])
def test_lambda_takes_a_json_post_plain_and_encoded(lambda_handler: Any, encoded: bool) -> None:
    answer = lambda_handler(event("POST", VOTES, JSON_VOTE, encoded=encoded, **WRITE), None)
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["results"]["voters"] == 1


def test_lambda_takes_a_form_post_and_sets_the_cookie(lambda_handler: Any) -> None:
    body = urlencode({"version": "1", "choice": "often"}).encode()
    headers = {"origin": ORIGIN, "content_type": "application/x-www-form-urlencoded"}
    first = lambda_handler(event("POST", VOTES, body, encoded=True, **headers), None)
    assert first["statusCode"] == 303
    assert first["cookies"][0].startswith("__Host-gw=")
    later = lambda_handler(event("POST", VOTES, body, cookie="yes", **headers), None)
    assert later["headers"]["location"] == "https://example.org/weather/#poll-weather-trigger"


def test_lambda_answers_a_preflight_and_a_problem_and_a_feed(lambda_handler: Any) -> None:
    asked = {"origin": ORIGIN, "access_control_request_method": "POST"}
    assert lambda_handler(event("OPTIONS", VOTES, **asked), None)["statusCode"] == 204
    problem = lambda_handler(event("POST", VOTES, b"{", **WRITE), None)
    assert json.loads(problem["body"])["code"] == "body-malformed"
    feed = lambda_handler(event("GET", f"/api/v1/threads/{THREAD}/comments.atom"), None)
    assert (feed["isBase64Encoded"], feed["body"][:5]) == (False, "<?xml")


def test_lambda_answers_with_no_404_which_cloudfront_would_replace(lambda_handler: Any) -> None:
    """Its body is the help of whoever wrote a plea."""
    plea = json.dumps({"text": "I am going to kill myself tonight.", "pseudonym": "Mo"}).encode()
    answer = lambda_handler(event("POST", "/api/v1/threads/gone/comments", plea, **WRITE), None)
    said = json.loads(answer["body"])
    assert (answer["statusCode"], said["code"]) == (410, "unknown-thread")
    assert said["help"]


def test_lambda_votes_in_dynamodb(
    tmp_path: Path,
    manifest_file: Path,
    wire: Wire,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from widgets.store.dynamodb import connect, create_tables

    monkeypatch.setenv("DYNAMODB_ENDPOINT", wire.url)
    name = f"lambda-{os.getpid()}"
    create_tables(connect(), name)
    settings = environment(tmp_path, manifest_file) | {
        "GATHERWELL_STORE": f"dynamodb:{name}",
        "GATHERWELL_LIMITS": "on",
    }
    handler = make_handler(settings)
    for _ in range(2):
        answer = handler(event("POST", VOTES, JSON_VOTE, **WRITE), None)
        assert json.loads(answer["body"])["results"]["voters"] == 1
    health = handler(event("GET", "/api/v1/healthz"), None)
    assert json.loads(health["body"])["store"] == "ok"
    dump = str([connect().scan(TableName=table)["Items"] for table in (name, f"{name}-ledger")])
    assert "choices" in dump
    assert not [trace for trace in (KEY, "203.0.113", "a browser") if trace in dump]


def test_lambda_purges_and_sends_when_the_schedules_ask_and_answers_on(lambda_handler: Any) -> None:
    template = Path(__file__).parents[3] / "deploy" / "aws" / "template.yaml"
    purge, alerts = re.findall(r"Input: '(.+)'", template.read_text(encoding="utf-8"))
    assert lambda_handler(json.loads(purge), None) == {"destroyed": 0}
    assert lambda_handler(json.loads(alerts), None) == {"seconds": None}
    assert lambda_handler(event("GET", f"/api/v1/polls/{POLL}"), None)["statusCode"] == 200


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip for this machine, without lists of an editor's own."""
    return package(tmp_path_factory.mktemp("packed") / "function.zip", "host")


@pytest.mark.long
def test_the_zip_has_the_same_bytes_again(packed: Path, tmp_path: Path) -> None:
    one, other = packed, package(tmp_path / "other.zip", "host")
    assert hashlib.sha256(one.read_bytes()).digest() == hashlib.sha256(other.read_bytes()).digest()


def test_the_zip_is_small(packed: Path) -> None:
    assert packed.stat().st_size < 15_000_000
    names = zipfile.ZipFile(packed).namelist()
    assert "botocore/data/dynamodb/2012-08-10/service-2.json.gz" in names
    assert not [
        name
        for name in names
        if name.startswith(("botocore/data/ec2/", "generator/", "widgets/elements/", "cffi/", "pycparser/"))
    ]


def test_the_zip_alone_in_an_empty_environment_serves_a_vote(
    packed: Path, tmp_path: Path, manifest_file: Path
) -> None:
    answers = answered_by_the_zip(packed, tmp_path, manifest_file, [event("POST", VOTES, JSON_VOTE, **WRITE)])
    assert answers[0]["results"]["voters"] == 1


@pytest.mark.long
def test_the_zip_carries_the_lists_of_phrases_and_the_editors_own(
    tmp_path: Path, manifest_file: Path
) -> None:
    claims = tmp_path / "claims.yaml"
    claims.write_text("migraine:\n  - daith piercing ends\n", encoding="utf-8")
    texts = ("I just want to die", "A daith piercing ends every attack")
    bodies = [json.dumps({"text": text, "pseudonym": "Quiet Heron"}).encode() for text in texts]
    path = f"/api/v1/threads/{THREAD}/comments"
    events = [event("POST", path, body, **WRITE) for body in bodies]
    own = package(tmp_path / "function.zip", "host", claims=claims)
    plea, claim = answered_by_the_zip(own, tmp_path, manifest_file, events)
    assert plea["help"]
    assert claim["comment"]["held_because"] == ["medical-claim"]


def answered_by_the_zip(
    packed: Path, tmp_path: Path, manifest_file: Path, events: list[dict[str, Any]]
) -> list[Any]:
    """The bodies of the answers of a zip, unpacked and run by a Python that has nothing else."""
    unpacked = tmp_path / "unpacked"
    zipfile.ZipFile(packed).extractall(unpacked)
    venv.create(tmp_path / "empty", with_pip=False)
    python = tmp_path / "empty" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    script = (
        "import json, sys; sys.path.insert(0, sys.argv[1])\n"
        "from widgets.adapters.aws_entry import handler\n"
        "import widgets; assert widgets.__file__.startswith(sys.argv[1])\n"
        "print(json.dumps([handler(event, None) for event in json.loads(sys.stdin.read())]))\n"
    )
    done = subprocess.run(
        [str(python), "-I", "-c", script, str(unpacked)],
        input=json.dumps(events),
        capture_output=True,
        text=True,
        env={**os.environ, **environment(tmp_path, manifest_file), "LAMBDA_TASK_ROOT": str(unpacked)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(answer["body"]) for answer in json.loads(done.stdout)]


def test_the_zip_alone_serves_the_desk(packed: Path, tmp_path: Path, manifest_file: Path) -> None:
    unpacked = tmp_path / "unpacked"
    zipfile.ZipFile(packed).extractall(unpacked)
    venv.create(tmp_path / "empty", with_pip=False)
    python = tmp_path / "empty" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    script = (
        "import json, sys; sys.path.insert(0, sys.argv[1])\n"
        "from widgets.adapters.aws_entry import handler\n"
        "assert not {'widgets.desk', 'jinja2', 'webauthn'} & sys.modules.keys()\n"
        "print(json.dumps([handler(one, None) for one in json.loads(sys.stdin.read())]))\n"
    )
    origin = {"origin": WRITE["origin"], "content-type": "application/x-www-form-urlencoded"}
    asked = [
        event("GET", "/desk/sign-in"),
        event("GET", "/desk/assets/desk.css"),
        event("POST", "/desk/passkeys/sign-in-options", b"x=1", **origin),
    ]
    done = subprocess.run(
        [str(python), "-I", "-c", script, str(unpacked)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        env={**os.environ, **environment(tmp_path, manifest_file)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    assert [answer["statusCode"] for answer in answers] == [200, 200, 200]
    assert "Sign in to the desk" in answers[0]["body"]
    assert json.loads(answers[2]["body"])["userVerification"] == "required"


def test_settings_say_which_variable_is_wrong(tmp_path: Path, manifest_file: Path) -> None:
    right = environment(tmp_path, manifest_file)
    for name in ("GATHERWELL_MANIFEST", "GATHERWELL_STORE", "GATHERWELL_SECRET"):
        with pytest.raises(ValueError, match=name):
            settings_from({key: value for key, value in right.items() if key != name})
    with pytest.raises(ValueError, match="GATHERWELL_SECRET"):
        settings_from(right | {"GATHERWELL_SECRET": "short"})
    read = settings_from(right | {"GATHERWELL_SECRET_SSM": "/gatherwell/secret"}, lambda name: name * 3)
    assert read.secret == b"/gatherwell/secret" * 3


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secret"
    first = read_or_make_secret(path)
    assert len(first) == 64
    assert read_or_make_secret(path) == first
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0
