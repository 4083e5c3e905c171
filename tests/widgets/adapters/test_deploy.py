"""The shipped set-ups are sound and say what the code expects."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from generator.deploy.objects import PAGES
from generator.outputs.headers import IMMUTABLE
from widgets.desk.auth.sessions import COOKIE
from widgets.function.http.sent_words import LOOKED_AT

DEPLOY = Path(__file__).parents[3] / "deploy"


def test_the_template_has_no_error() -> None:
    from cfnlint.api import ManualArgs, lint  # takes a second of every process that would only collect

    text = (DEPLOY / "aws" / "template.yaml").read_text(encoding="utf-8")
    found = lint(text, config=ManualArgs(regions=["us-east-1", "eu-central-1"]))
    assert [f"{match.rule.id} {match.message} ({match.linenumber})" for match in found] == []


def test_the_template_sets_only_variables_that_the_function_reads() -> None:
    template = (DEPLOY / "aws" / "template.yaml").read_text(encoding="utf-8")
    code = (DEPLOY.parent / "widgets" / "adapters" / "environment.py").read_text(encoding="utf-8")
    for name in re.findall(r"^ +(GATHERWELL_\w+):", template, re.MULTILINE):
        assert name.removesuffix("_SSM") in code, name


def test_no_set_up_keeps_an_access_log() -> None:
    template = (DEPLOY / "aws" / "template.yaml").read_text(encoding="utf-8")
    assert "AccessLogSettings" not in template
    assert "Logging:" not in template.replace("LoggingConfig:", "")
    caddy = (DEPLOY / "single-machine" / "Caddyfile").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(output|format)\b", caddy, re.MULTILINE)


def test_caddy_lets_through_what_the_function_looks_at_for_a_plea() -> None:
    caddy = (DEPLOY / "single-machine" / "Caddyfile").read_text(encoding="utf-8")
    assert [int(size) * 1_000_000 > LOOKED_AT for size in re.findall(r"max_size (\d+)MB", caddy)] == [True]


def test_both_set_ups_lead_to_the_desk_and_its_cookie_goes_there_alone() -> None:
    template = (DEPLOY / "aws" / "template.yaml").read_text(encoding="utf-8")
    behaviours = dict(
        re.findall(r"PathPattern: (\S+)\n(?:.+\n)*?.*OriginRequestPolicyId: !Ref (\w+)", template)
    )
    assert {path for path, policy in behaviours.items() if policy == "DeskRequests"} == {"/desk", "/desk/*"}
    policies = dict(re.findall(r"^  (\w+):\n(?:    .+\n)*?.*Cookies: \[(\S+)\]", template, re.MULTILINE))
    assert policies == {"PersonalRequests": "__Host-gw", "DeskRequests": COOKIE}
    caddy = (DEPLOY / "single-machine" / "Caddyfile").read_text(encoding="utf-8")
    assert "@function path /api/* /desk /desk/*" in caddy


def test_cloudfront_hands_on_the_number_of_news_and_no_cookie() -> None:
    template = (DEPLOY / "aws" / "template.yaml").read_text(encoding="utf-8")
    policies = dict(re.findall(r"^  (\w+Requests):\n((?:    .+\n)+)", template, re.MULTILINE))
    assert "- Gatherwell-News\n" in policies["NewsRequests"]
    assert "CookieBehavior: none" in policies["NewsRequests"]
    assert re.search(r"PathPattern: /api/v1/news\*\n(?:.+\n){5}.*!Ref NewsRequests", template)
    for name, policy in policies.items():
        assert len(re.findall(r"^ {12}- ", policy, re.MULTILINE)) <= 10, name  # more are refused


def test_every_answer_of_caddy_carries_the_same_guard() -> None:
    caddy = (DEPLOY / "single-machine" / "Caddyfile").read_text(encoding="utf-8")
    guard = re.search(r"^\(guarded\) \{\n(.+?)^\}", caddy, re.MULTILINE | re.DOTALL)
    assert guard is not None
    assert {"Strict-Transport-Security", "-Server", "-Via"} <= set(guard[1].split())
    outer = re.findall(r"^\t(handle(?:_errors)?\b.*?) \{\n(.+?)^\t\}", caddy, re.MULTILINE | re.DOTALL)
    assert [name for name, _ in outer] == ["handle @zero", "handle @function", "handle", "handle_errors"]
    assert all("import guarded" in block for _, block in outer)


@pytest.mark.parametrize(
    "page", sorted((DEPLOY.parent / "docs").glob("deploy-*.md")), ids=lambda page: page.stem
)
def test_each_recipe_says_how_long_a_withdrawn_story_stays(page: Path) -> None:
    section = (
        page.read_text("utf-8")
        .partition("## What stays reachable after a withdrawal\n")[2]
        .partition("\n## ")[0]
    )
    rows = [row for row in section.splitlines() if row.startswith("|")]
    assert any("page" in row.split("|")[1] for row in rows)
    assert any("browsers" in row.split("|")[1] for row in rows)
    assert "`GATHERWELL_BUILD_MINUTES" in section
    assert "404" in section


def test_the_units_promise_what_timer_and_caches_take() -> None:
    """Five minutes until the build, one for it, one in caches."""
    units = DEPLOY / "single-machine"
    assert "OnUnitActiveSec=5min" in (units / "gatherwell-build.timer").read_text("utf-8")
    function = (units / "gatherwell-function.service").read_text("utf-8")
    assert "Environment=GATHERWELL_BUILD_MINUTES=7" in function


@contextmanager
def caddy(folder: Path) -> Iterator[str]:
    """The shipped Caddyfile in a real Caddy over plain HTTP, in front of a function that answers `ok`."""
    program = shutil.which("caddy")
    assert program is not None, "no caddy on this machine: `make test-long` installs it"
    upstream = HTTPServer(("127.0.0.1", 0), _Upstream)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    (folder / "site").mkdir()
    asset = "assets/base.0123abcd.css"
    for name in ("index.html", "404.html", "migraine/stories/bcdfghjk/index.html", asset):
        (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / name).write_text(f"page {name}", "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    text = (DEPLOY / "single-machine" / "Caddyfile").read_text(encoding="utf-8")
    text = re.sub(r"^\{$", "{\n\tadmin off", text, count=1, flags=re.MULTILINE)
    text = text.replace("\nexample.org {", f"\nhttp://{address} {{")
    text = text.replace("/var/www/gatherwell/site", str(folder / "site"))
    text = text.replace("127.0.0.1:8787", f"127.0.0.1:{upstream.server_address[1]}")
    (folder / "Caddyfile").write_text(text, "utf-8")
    run = [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"]}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(run, stderr=log, env=environment)
    try:
        _await_answer(process, address, folder / "log")
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait()
        upstream.shutdown()
        upstream.server_close()


def _await_answer(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    host, port = address.split(":")
    while process.poll() is None:
        with suppress(OSError), socket.create_connection((host, int(port)), timeout=60):
            return
    raise AssertionError(log.read_text("utf-8"))


class _Upstream(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/api/silent":
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *args: object) -> None:
        """Quiet."""


def test_caddy_says_how_long_a_page_may_be_kept() -> None:
    """As `gatherwell deploy s3` does: without the header a browser keeps a withdrawn story for a tenth of its page's age."""
    caddy = (DEPLOY / "single-machine" / "Caddyfile").read_text(encoding="utf-8")
    assert f'header @changing Cache-Control "{PAGES}"' in caddy
    assert f'header @fingerprinted Cache-Control "{IMMUTABLE[1]}"' in caddy
    errors = caddy.partition("handle_errors {")[2]
    assert f'header Cache-Control "{PAGES}"' in errors


def test_caddy_lets_nobody_keep_that_the_function_is_down_and_leads_to_help() -> None:
    caddy = (DEPLOY / "single-machine" / "Caddyfile").read_text(encoding="utf-8")
    other = caddy.partition("handle_errors {")[2].partition("@missing {")[2].rpartition("\t\thandle {")[2]
    assert "header Cache-Control no-store" in other
    assert "respond `<!doctype html>" in other
    assert 'If you need somebody now, do not wait for us: <a href="/">' in other


@pytest.mark.long
def test_behind_caddy_a_function_that_is_down_is_said_in_words(tmp_path: Path) -> None:
    with caddy(tmp_path) as origin:
        answer = httpx.get(f"{origin}/api/silent")
    assert (answer.status_code, answer.headers["cache-control"]) == (502, "no-store")
    assert "what you wrote is still in the form" in answer.text


@pytest.mark.long
def test_behind_caddy_a_withdrawn_story_is_gone_at_once_and_after_a_minute_from_caches(
    tmp_path: Path,
) -> None:
    path = "/migraine/stories/bcdfghjk/"
    with caddy(tmp_path) as origin:
        told = httpx.get(origin + path)
        (tmp_path / "site" / path.strip("/") / "index.html").unlink()
        gone = httpx.get(origin + path, headers={"if-none-match": told.headers["etag"]})
        asset = httpx.get(f"{origin}/assets/base.0123abcd.css")
    assert (told.status_code, told.headers["cache-control"]) == (200, PAGES)
    assert (gone.status_code, gone.headers["cache-control"], gone.text) == (404, PAGES, "page 404.html")
    assert asset.headers["cache-control"] == IMMUTABLE[1]


@pytest.mark.long
def test_behind_caddy_every_every_answer_is_guarded_and_a_zero_byte_is_answered(tmp_path: Path) -> None:
    expected = {
        **{"/": 200, "/nope": 404, "/%00": 400, "/a%00b": 400, "/a%2500b": 404},
        **{"/api/v1/x": 200, "/api/v1/%00": 400, "/desk": 200, "/desk/items/%00": 400},
    }
    with caddy(tmp_path) as origin:
        answers = {path: httpx.get(origin + path) for path in expected}
    assert {path: answer.status_code for path, answer in answers.items()} == expected
    for path, answer in answers.items():
        assert answer.headers["strict-transport-security"] == "max-age=31536000", path
        assert not {"server", "via"} & set(answer.headers), path
