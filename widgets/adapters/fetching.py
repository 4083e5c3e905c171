"""Owns one request of a pull: conditional, compressed where the server does so, with the failures that a person is told."""

from __future__ import annotations

import gzip
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Final

_SECONDS: Final = 30.0
_MOST_BYTES: Final = 100_000_000
_TRIES: Final = 3


class PullError(Exception):
    """The snapshot could not be made; the old one stays as it was."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """`status` is 200, 304, 400 or 404; of the others PullError tells."""

    status: int
    body: bytes = b""
    etag: str = ""


def fetch(url: str, etag: str = "") -> Fetched:
    """Raises PullError. A server that is overloaded is asked again."""
    if not url.startswith(("http://", "https://")):
        raise PullError("The endpoint must begin with http:// or https://.")
    headers = {"Accept-Encoding": "gzip", **({"If-None-Match": etag} if etag else {})}
    for left in reversed(range(_TRIES)):
        request = urllib.request.Request(url, headers=headers)  # noqa: S310  (checked above)
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                body = answer.read(_MOST_BYTES)
                packed = answer.headers.get("Content-Encoding") == "gzip"
                return Fetched(
                    200, gzip.decompress(body) if packed else body, answer.headers.get("ETag") or ""
                )
        except urllib.error.HTTPError as error:
            if error.code in (304, 400, 404):
                return Fetched(error.code)
            if error.code not in (429, 503) or not left:
                raise PullError(f"{url} answered {error.code}.") from error
        except (OSError, ValueError, HTTPException, EOFError) as error:
            raise PullError(f"{url} could not be fetched ({type(error).__name__}).") from error
        time.sleep(1.0)
    raise PullError(f"{url} could not be fetched.")
