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

from widgets.adapters.environment import CLAIMS, REPLIES, settings_from
from widgets.app import create_app

T = TypeVar("T")
Event = dict[str, Any]

PURGE: Final = {"gatherwell": "purge"}  # what a schedule sends instead of a request
ALERTS: Final = {"gatherwell": "alerts"}  # every minute: what waits in the outbox is sent


# CloudFront puts the site's page in the place of every 404, and with it would take what an element reads in an answer, and the
# help that stands in a refusal: nothing here answers with it.
_REPLACED: Final = 404
_INSTEAD: Final = 410
_ALERT_SECONDS: Final = 5.0  # for one channel; the function itself has ten


def make_handler(environ: Mapping[str, str]) -> Callable[[Event, Any], Event]:
    """Lambda's handler. Settings and secrets are read once per start."""
    # Mangum's log lines would hold request paths; the runtime's own log lines are enough.
    logging.getLogger("mangum").setLevel(logging.CRITICAL)
    logging.getLogger("gatherwell.function").setLevel(logging.INFO)
    # Lambda runs nothing between two events, so an alert is sent before the answer.
    given = {**environ, "GATHERWELL_ALERT_INLINE": "on"}
    for name, variable in ((CLAIMS, "GATHERWELL_CLAIMS"), (REPLIES, "GATHERWELL_REPLIES")):
        packed = Path(environ.get("LAMBDA_TASK_ROOT", "")) / name
        if "LAMBDA_TASK_ROOT" in environ and packed.is_file():
            given.setdefault(variable, str(packed))
    app = create_app(settings_from(given, read_ssm))
    text = [*DEFAULT_TEXT_MIME_TYPES, "application/problem+json", "application/atom+xml"]
    answer: Callable[[Event, Any], Event] = Mangum(app, lifespan="off", text_mime_types=text)

    def handler(event: Event, context: Any) -> Event:
        if event == PURGE:
            return {"destroyed": _finished(app.state.services.purge())}
        if event == ALERTS:
            services = app.state.services
            seconds = _finished(services.alerts.send_due(_ALERT_SECONDS))
            _finished(services.build_hook.call_if_due())
            return {"seconds": seconds}
        answered = answer(event, context)
        return {**answered, "statusCode": _INSTEAD} if answered["statusCode"] == _REPLACED else answered

    return handler


def _finished(work: Coroutine[Any, Any, T]) -> T:
    """Run the coroutine on an event loop of its own; Mangum's loop stays the thread's current one."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


def read_ssm(name: str) -> str:
    """A SecureString parameter's value."""
    import botocore.session  # imported here: it takes a third of a cold start, and is needed only for SSM

    client = botocore.session.get_session().create_client(
        "ssm", region_name=os.environ.get("AWS_REGION", "us-east-1")
    )
    answer = client.get_parameter(Name=name, WithDecryption=True)
    return str(answer["Parameter"]["Value"])
