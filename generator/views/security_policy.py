"""The content security policy of each page, for its ``<meta>`` element."""

from __future__ import annotations

from urllib.parse import urlsplit


def content_security_policy(endpoint: str, fetches: bool = False, plays: bool = False) -> str:
    """The policy of one page, as text for ``content``.

    A page loads from its own origin alone. It may connect and post forms to *endpoint*, the function's, which is empty
    where there is none, a path, or a URL on another origin. *fetches* lets a page without a function fetch files of its own origin: the search page. *plays* lets it play films and recordings of its own origin.
    """
    function = ""
    if endpoint.startswith("http"):
        parts = urlsplit(endpoint)
        function = f" {parts.scheme}://{parts.netloc}"
    connects = bool(endpoint) or fetches
    connect = f"connect-src 'self'{function}; worker-src 'self'; " if connects else ""
    forms = f"form-action 'self'{function}" if connects else "form-action 'none'"
    media = "media-src 'self'; " if plays else ""
    return (
        f"default-src 'none'; img-src 'self'; {media}style-src 'self'; font-src 'self'; script-src 'self'; "
        f"{connect}base-uri 'none'; {forms}"
    )
