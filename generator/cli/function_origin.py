"""Where the function and its desk are reached from outside, as the settings say it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from generator.content.config import CONFIG_NAME, Config
from generator.ground.errors import ConfigError

# RFC 2606 and RFC 6761: names that lead to no machine, or to the reader's own.
_NOWHERE: Final = ("example", "invalid", "test", "localhost", "example.com", "example.net", "example.org")
_OWN_MACHINE: Final = ("127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 - compared, not listened on


def function_origin(config: Config, endpoint: str | None = None) -> str:
    """The origin (``https://example.org``): of *endpoint*, else of a whole ``widgets.endpoint``, else of ``base_url``."""
    own = config.widgets.endpoint if "://" in config.widgets.endpoint else config.base_url
    parts = urlsplit(endpoint or own)
    return f"{parts.scheme}://{parts.netloc}"


def leads_nowhere(address: str) -> bool:
    """Whether nobody but this machine can be at *address*: names reserved for examples, and this machine itself."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    return host in _OWN_MACHINE or any(host == name or host.endswith(f".{name}") for name in _NOWHERE)


def published_origin(config: Config, endpoint: str | None) -> str:
    """As :func:`function_origin`, for a link that others open; raises ConfigError where it would lead nowhere.

    What *endpoint* names is taken as it is: whoever writes it knows where the function is.
    """
    origin = function_origin(config, endpoint)
    if endpoint is None and leads_nowhere(origin):
        hint = "name the site's origin with --endpoint https://…, or write it into `base_url`"
        raise ConfigError(f"a link to {origin} would lead nowhere", CONFIG_NAME, hint=hint)
    if "://" not in (endpoint or "://") or not urlsplit(origin).hostname:
        hint = "write scheme and host: --endpoint https://community.example"
        raise ConfigError(f"'{endpoint}' is not an origin", hint=hint)
    return origin
