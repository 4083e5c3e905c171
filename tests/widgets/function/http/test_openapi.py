"""The description holds: generated requests find no 5xx and no answer outside the contract."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.widgets.conftest import ORIGIN, Clock
from widgets import CONTRACT_DIR
from widgets.app import create_app
from widgets.function.routes import openapi_document
from widgets.function.state.settings import ProofSettings, Settings

DESCRIPTION = json.loads(openapi_document())
OPERATIONS = [(path, method) for path, operation in DESCRIPTION["paths"].items() for method in operation]


@pytest.fixture(scope="module")
def schema() -> schemathesis.BaseSchema:
    for path, method in OPERATIONS:
        # Answer pages for people are HTML; everything a program reads is described and checked.
        DESCRIPTION["paths"][path][method]["responses"]["default"]["content"].pop("text/html")
    schemathesis.checks.load_all_checks()
    return schemathesis.openapi.from_dict(DESCRIPTION)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ASGIApp]:
    folder: Path = tmp_path_factory.mktemp("described")
    manifest = json.loads((CONTRACT_DIR / "examples" / "manifest.portfolio.json").read_text("utf-8"))
    manifest["origins"] = [ORIGIN]
    app = create_app(
        Settings(
            manifest=lambda: json.dumps(manifest).encode(),
            store=f"sqlite:{folder / 'store.sqlite'}",
            secret=b"s" * 32,
            clock=Clock(),
            limits=None,
            proof=ProofSettings(required=False, cost=1),
        )
    )

    async def without_lifespan(scope: Scope, receive: Receive, send: Send) -> None:
        # Each generated request starts and ends a lifespan of its own; the store stays open over all of them.
        if scope["type"] == "http":
            await app(scope, receive, send)

    yield without_lifespan
    asyncio.run(app.state.services.close())


KNOWN_IDS = {
    "poll": ["migraine~weather-trigger", "ms~first-symptoms"],
    "thread": ["migraine~weather", "arthritis~work"],
    "survey": ["migraine~sleep", "ms~sleep"],
}


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_route_keeps_its_contract(
    path: str, method: str, schema: schemathesis.BaseSchema, app: ASGIApp
) -> None:
    """Cases are made here and not by `schema.parametrize`, which makes all of them in every process while it collects."""
    operation = schema[path][method]
    config = HypothesisTestConfig(project=schema.config, modes=list(HypothesisTestMode))
    create_test(operation=operation, test_func=keeps_its_contract, config=config)(app=app)


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def keeps_its_contract(case: schemathesis.Case, app: ASGIApp) -> None:
    for name, known in KNOWN_IDS.items():
        if name in case.path_parameters:
            case.path_parameters[name] = known[len(str(case.path_parameters[name])) % 2]
    headers = {"Origin": ORIGIN, "Gatherwell-Key": "0" * 32}
    response = case.call(app=app, headers=headers, base_url=ORIGIN, allow_redirects=False)
    case.validate_response(
        response,
        checks=[
            schemathesis.checks.not_a_server_error,
            schemathesis.checks.response_schema_conformance,
            schemathesis.checks.content_type_conformance,
            schemathesis.checks.status_code_conformance,
        ]
        if response.status_code < 400
        else [schemathesis.checks.not_a_server_error, schemathesis.checks.response_schema_conformance],
    )
