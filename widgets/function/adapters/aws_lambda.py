"""Owns AWS Lambda: events of HTTP APIs and Function URLs become requests, through Mangum."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from mangum import Mangum
from mangum.adapter import DEFAULT_TEXT_MIME_TYPES

from widgets.function.adapters.environment import CLAIMS, settings_from
from widgets.function.app import create_app

T = TypeVar("T")
Event = dict[str, Any]

PURGE: Final = {"gatherwell": "purge"}  # what the schedule sends instead of a request


def make_handler(environ: Mapping[str, str]) -> Callable[[Event, Any], Event]:
    """Lambda's handler. Settings and secrets are read once per start."""
    # The last event before a freeze may be long past when the next one comes: what the runtime logs of
    # itself is enough, and Mangum's own lines would name paths.
    logging.getLogger("mangum").setLevel(logging.CRITICAL)
    logging.getLogger("gatherwell.function").setLevel(logging.INFO)
    # Between two events nothing runs: an alert goes out before its answer.
    given = {**environ, "GATHERWELL_ALERT_INLINE": "on"}
    packed = Path(environ.get("LAMBDA_TASK_ROOT", "")) / CLAIMS
    if "LAMBDA_TASK_ROOT" in environ and packed.is_file():
        given.setdefault("GATHERWELL_CLAIMS", str(packed))
    app = create_app(settings_from(given, read_ssm))
    text = [*DEFAULT_TEXT_MIME_TYPES, "application/problem+json", "application/atom+xml"]
    answer: Callable[[Event, Any], Event] = Mangum(app, lifespan="off", text_mime_types=text)

    def handler(event: Event, context: Any) -> Event:
        if event == PURGE:
            return {"destroyed": _finished(app.state.services.forget())}
        return answer(event, context)

    return handler


def _finished(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end beside Mangum's own loop, which stays the thread's."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


def read_ssm(name: str) -> str:
    """A SecureString parameter's value."""
    import botocore.session  # a third of a cold start: paid only where something is asked of AWS

    client = botocore.session.get_session().create_client(
        "ssm", region_name=os.environ.get("AWS_REGION", "us-east-1")
    )
    answer = client.get_parameter(Name=name, WithDecryption=True)
    return str(answer["Parameter"]["Value"])
