"""An output whose bytes are known when it is planned."""

from __future__ import annotations

from generator.site.permalinks import Root
from generator.views import types as shapes
from generator.views.planned import Planned


def planned_file(root: Root, url_path: str, content: bytes) -> Planned:
    """The file at *url_path* on *root*."""
    output_path = root.output_path(url_path)
    return Planned(output_path, url_path, lambda: shapes.File(output_path, content), root=root)
