"""The shipped set-ups are sound and say what the code expects."""

from __future__ import annotations

import re
from pathlib import Path

from cfnlint.api import ManualArgs, lint

from widgets.desk.sessions import COOKIE

DEPLOY = Path(__file__).parents[3] / "deploy"


def test_the_template_has_no_error() -> None:
    text = (DEPLOY / "aws" / "template.yaml").read_text(encoding="utf-8")
    found = lint(text, config=ManualArgs(regions=["us-east-1", "eu-central-1"]))
    assert [f"{match.rule.id} {match.message} ({match.linenumber})" for match in found] == []


def test_the_template_sets_only_variables_that_the_function_reads() -> None:
    template = (DEPLOY / "aws" / "template.yaml").read_text(encoding="utf-8")
    code = (DEPLOY.parent / "widgets" / "function" / "adapters" / "environment.py").read_text(
        encoding="utf-8"
    )
    for name in re.findall(r"^ +(GATHERWELL_\w+):", template, re.MULTILINE):
        assert name.removesuffix("_SSM") in code, name


def test_no_set_up_keeps_an_access_log() -> None:
    template = (DEPLOY / "aws" / "template.yaml").read_text(encoding="utf-8")
    assert "AccessLogSettings" not in template
    assert "Logging:" not in template.replace("LoggingConfig:", "")
    caddy = (DEPLOY / "single-machine" / "Caddyfile").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(output|format)\b", caddy, re.MULTILINE)


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
