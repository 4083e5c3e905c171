"""Adds the preview's script to a page, and to its policy the permission to connect to its own origin."""

from __future__ import annotations

import re
from html import escape, unescape

CLIENT = "/__preview/client.js"
_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')


def with_client(page: bytes, output_path: str, etag: str, version: int) -> bytes:
    """*page* with the preview's script before ``</body>``; nothing else changes but the policy (see :func:`allowed`)."""
    script = (
        f'<script type="module" src="{CLIENT}" data-output="{escape(output_path)}" '
        f'data-etag="{escape(etag)}" data-version="{version}"></script>\n'
    ).encode()
    policed = _POLICY.sub(_in_attribute, page, count=1)
    head, body, tail = policed.rpartition(b"</body>")
    return head + script + body + tail if body else policed + script


def allowed(policy: str) -> str:
    """The page's own policy, which must let the script run and connect to its own origin.

    ``script-src 'self'`` is in every page's policy. Where no ``connect-src`` is, ``connect-src 'self'`` is added;
    where one is without its own origin, that. No other source is allowed, no other directive touched.
    """
    directives = [part.strip() for part in policy.split(";") if part.strip()]
    for index, directive in enumerate(directives):
        name, *sources = directive.split()
        if name == "connect-src":
            if "'self'" in sources:
                return policy
            others = [source for source in sources if source != "'none'"]
            directives[index] = " ".join(["connect-src", "'self'", *others])
            return "; ".join(directives)
    return "; ".join([*directives, "connect-src 'self'"])


def _in_attribute(found: re.Match[bytes]) -> bytes:
    """The ``<meta>`` element with the changed policy; unchanged where the policy suffices."""
    policy = unescape(found[2].decode())
    changed = allowed(policy)
    return found[0] if changed == policy else found[1] + escape(changed).encode() + found[3]
