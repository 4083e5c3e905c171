"""``_headers``: what a page's own ``<meta>`` cannot say, for hosts that know the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.outputs.planned_file import planned_file
from generator.views.material import Material
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
    """With a policy that is stricter towards the function, browsers send ``Origin: null`` on form posts to it.

    The function refuses those. Where it is on another origin, that and every other site that a reader goes on to learn
    the origin (Referrer Policy, 3: never the path); else nobody does.
    """
    return "strict-origin-when-cross-origin" if endpoint.startswith("http") else "same-origin"


def plan_headers(
    material: Material, frames: Frames, pages: Sequence[Planned], only: Sequence[str]
) -> Iterator[Planned]:
    policy = referrer_policy(material.site.config.widgets.endpoint)
    headers = {**dict(EVERYWHERE), "Referrer-Policy": policy}
    for root in material.site.permalinks.roots:
        if only and root.condition not in only:
            continue
        lines = [f"{root.base_path}*\n", *(f"  {name}: {value}\n" for name, value in headers.items())]
        lines += [f"{root.base_path}assets/*\n", f"  {IMMUTABLE[0]}: {IMMUTABLE[1]}\n"]
        lines += [f"{root.base_path}*/feed.atom\n", "  Content-Type: application/atom+xml; charset=utf-8\n"]
        lines += [f"{root.base_path}*/feed.json\n", "  Content-Type: application/feed+json\n"]
        yield planned_file(root, "/_headers", "".join(lines).encode())
