"""``_headers``: HTTP headers that no ``<meta>`` element can set, for hosting services that read this file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.outputs.planned_file import planned_file
from generator.views.context import ViewContext
from generator.views.planned import Frames, Planned

EVERYWHERE: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "accelerometer=(), browsing-topics=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), payment=(), usb=()",
    ),
    ("Referrer-Policy", "same-origin"),
    ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
IMMUTABLE = ("Cache-Control", "public, max-age=31536000, immutable")


def referrer_policy(endpoint: str) -> str:
    """The Referrer-Policy of a site whose function is at *endpoint*.

    The function refuses form posts with ``Origin: null``, which browsers send to another origin under ``same-origin``.
    So with a function on another origin, links to other sites tell the origin of the page, never its path (Referrer
    Policy, section 3); else they tell nothing.
    """
    return "strict-origin-when-cross-origin" if endpoint.startswith("http") else "same-origin"


def plan_headers(context: ViewContext, frames: Frames, pages: Sequence[Planned]) -> Iterator[Planned]:
    policy = referrer_policy(context.site.config.widgets.endpoint)
    headers = {**dict(EVERYWHERE), "Referrer-Policy": policy}
    for root in context.part.roots:
        lines = [f"{root.base_path}*\n", *(f"  {name}: {value}\n" for name, value in headers.items())]
        lines += [f"{root.base_path}assets/*\n", f"  {IMMUTABLE[0]}: {IMMUTABLE[1]}\n"]
        lines += [f"{root.base_path}*/feed.atom\n", "  Content-Type: application/atom+xml; charset=utf-8\n"]
        lines += [f"{root.base_path}*/feed.json\n", "  Content-Type: application/feed+json\n"]
        yield planned_file(root, "/_headers", "".join(lines).encode())
