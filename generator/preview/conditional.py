"""Answers with known bytes: 304 where the browser has them, a part where it asks for one (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def conditional(
    request: Request, content: bytes, etag: str, headers: Mapping[str, str], status: int = 200
) -> Response:
    """*content* with its *etag*; browsers seek in films by asking for parts, and Safari plays none without."""
    headers = {**headers, "ETag": etag, "Accept-Ranges": "bytes"}
    if status != 200:
        return Response(content, status, headers)
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    asked = request.headers.get("range", "")
    if not asked or request.headers.get("if-range", etag) != etag:
        return Response(content, status, headers)
    part = parse_range(asked, len(content))
    if part is None:
        return Response(content, status, headers)
    start, end = part
    if start >= end:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{len(content)}"})
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(content)}"
    return Response(content[start:end], 206, headers)


def parse_range(text: str, size: int) -> tuple[int, int] | None:
    """Start and end (exclusive) of the one range that a header names, of *size* bytes; equal where nothing is there.

    None for several ranges and for what is no range: the whole is sent then.
    """
    found = _RANGE.fullmatch(text.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        return max(size - int(found[2]), 0), size
    start, last = int(found[1]), int(found[2]) if found[2] else size - 1
    if last < start and found[2]:
        return None
    return (start, min(last + 1, size)) if start < size else (size, size)
