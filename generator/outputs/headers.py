"""``_headers``: what a page's own ``<meta>`` cannot say, for hosts that know the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.outputs.planned_file import planned_file
from generator.views.material import Material
from generator.views.plan import Frames, Planned

# With `no-referrer` browsers send `Origin: null` on form posts, and the function refuses those.
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


def plan_headers(
    material: Material, frames: Frames, pages: Sequence[Planned], only: Sequence[str]
) -> Iterator[Planned]:
    for root in material.site.permalinks.roots:
        if only and root.condition not in only:
            continue
        lines = [f"{root.base_path}*\n", *(f"  {name}: {value}\n" for name, value in EVERYWHERE)]
        lines += [f"{root.base_path}assets/*\n", f"  {IMMUTABLE[0]}: {IMMUTABLE[1]}\n"]
        lines += [f"{root.base_path}*/feed.atom\n", "  Content-Type: application/atom+xml; charset=utf-8\n"]
        lines += [f"{root.base_path}*/feed.json\n", "  Content-Type: application/feed+json\n"]
        yield planned_file(root, "/_headers", "".join(lines).encode())
