"""Owns AWS Lambda: events of HTTP APIs and Function URLs become requests, through Mangum."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mangum import Mangum
from mangum.adapter import DEFAULT_TEXT_MIME_TYPES

from widgets.function.adapters.environment import CLAIMS, settings_from
from widgets.function.app import create_app

Event = dict[str, Any]


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
    handler: Callable[[Event, Any], Event] = Mangum(app, lifespan="off", text_mime_types=text)
    return handler


def read_ssm(name: str) -> str:
    """A SecureString parameter's value."""
    import botocore.session  # a third of a cold start: paid only where something is asked of AWS

    client = botocore.session.get_session().create_client(
        "ssm", region_name=os.environ.get("AWS_REGION", "us-east-1")
    )
    answer = client.get_parameter(Name=name, WithDecryption=True)
    return str(answer["Parameter"]["Value"])
