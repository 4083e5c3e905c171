"""What stands before the function leads every route to it, with what the route needs, and caches what is the same for all."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

import pytest
from cfnlint.decode import cfn_yaml

from widgets.desk.routes import ROUTES as DESK_ROUTES
from widgets.function.http.routing import PREFIX, ApiRoute
from widgets.function.kinds import counts, polls, snapshot, survey_results, threads
from widgets.function.routes import ROUTES, openapi_document

ROOT: Final = Path(__file__).parents[3]
TEMPLATE: Final = ROOT / "deploy" / "aws" / "template.yaml"
PUBLIC: Final = {polls.show, threads.show, threads.atom, survey_results.show, counts.count, snapshot.show}
NEVER_CACHED: Final = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # CloudFront's managed policy CachingDisabled


@pytest.fixture(scope="module")
def resources() -> Any:
    return cfn_yaml.load(str(TEMPLATE))["Resources"]


@pytest.fixture(scope="module")
def behaviours(resources: Any) -> Any:
    return resources["Distribution"]["Properties"]["DistributionConfig"]["CacheBehaviors"]


def address(path: str) -> str:
    return PREFIX + re.sub(r"\{\w+\}", "some-id", path)


def behaviour_of(behaviours: Any, path: str) -> Any:
    """The first that matches, as CloudFront chooses; `[` is no wildcard there."""
    return next(one for one in behaviours if fnmatchcase(path, one["PathPattern"]))


def named(route: ApiRoute) -> str:
    return f"{route.method} {route.path}"


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_cloudfront_leads_each_route_with_its_method_to_the_function(
    behaviours: Any, route: ApiRoute
) -> None:
    found = behaviour_of(behaviours, address(route.path))
    assert found["TargetOriginId"] == "function"
    assert route.method in found["AllowedMethods"]


@pytest.mark.parametrize("route", [one for one in ROUTES if one.handler in PUBLIC], ids=named)
def test_cloudfront_caches_what_is_the_same_for_everybody_and_forwards_nothing_of_its_reader(
    behaviours: Any, route: ApiRoute
) -> None:
    found = behaviour_of(behaviours, address(route.path))
    assert found["CachePolicyId"] == {"Ref": "PublicAnswers"}
    assert "OriginRequestPolicyId" not in found


@pytest.mark.parametrize("route", [one for one in ROUTES if one.handler not in PUBLIC], ids=named)
def test_cloudfront_caches_nothing_else_and_hands_on_what_it_needs(behaviours: Any, route: ApiRoute) -> None:
    found = behaviour_of(behaviours, address(route.path))
    policy = "NewsRequests" if route.path.startswith("/news") else "PersonalRequests"
    assert found["CachePolicyId"] == NEVER_CACHED
    assert found["OriginRequestPolicyId"] == {"Ref": policy}


def test_cloudfront_hands_on_each_parameter_of_what_is_cached(resources: Any) -> None:
    """One that stays behind is answered as if nobody had asked for it: a page of the snapshot as its index."""
    paths = json.loads(openapi_document())["paths"]
    asked = {
        parameter["name"]
        for route in ROUTES
        if route.handler in PUBLIC
        for parameter in paths[route.path if route.path in paths else PREFIX + route.path]["get"].get(
            "parameters", ()
        )
        if parameter["in"] == "query"
    }
    policy = resources["PublicAnswers"]["Properties"]["CachePolicyConfig"]
    queries = policy["ParametersInCacheKeyAndForwardedToOrigin"]["QueryStringsConfig"]
    assert set(queries["QueryStrings"]) == asked >= {"page", "of", "cursor"}


@pytest.mark.parametrize("path", ["/desk", *sorted({f"/desk{route.path}" for route in DESK_ROUTES})])
def test_cloudfront_leads_each_page_of_the_desk_to_the_function(behaviours: Any, path: str) -> None:
    found = behaviour_of(behaviours, path)
    assert found["OriginRequestPolicyId"] == {"Ref": "DeskRequests"}
    assert {"GET", "POST"} <= set(found["AllowedMethods"])


@pytest.mark.parametrize("path", ["/api/v1/none", "/api/v1/threads/x/comments/", "/api/v2/help"])
def test_cloudfront_leaves_addresses_that_are_almost_right_to_the_function(
    behaviours: Any, path: str
) -> None:
    """Who wrote a plea is helped in the refusal."""
    found = behaviour_of(behaviours, path)
    assert found["TargetOriginId"] == "function"
    assert "POST" in found["AllowedMethods"]


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_caddy_leads_each_route_to_the_function(route: ApiRoute) -> None:
    caddy = (ROOT / "deploy" / "single-machine" / "Caddyfile").read_text("utf-8")
    patterns = re.findall(r"^\t@function path (.+)$", caddy, re.MULTILINE)[0].split()
    assert any(fnmatchcase(address(route.path), pattern) for pattern in patterns)


def test_netlify_leads_all_of_the_api_to_the_function() -> None:
    page = (ROOT / "docs" / "deploy-elsewhere.md").read_text("utf-8")
    rules = re.findall(r"printf '(/\S+)  https://\S+/api/:splat  200!", page)
    assert rules == ["/api/*"]
    assert all(fnmatchcase(address(route.path), rules[0]) for route in ROUTES)
