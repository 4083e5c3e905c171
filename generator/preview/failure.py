"""The error page that is shown while the content has errors and no plan could be made yet."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"


def failure_page(reports: Iterable[dict[str, Any]]) -> bytes:
    """All errors in words, readable without the script; with it the overlay shows them over this page."""
    items = "".join(_item(report) for report in reports)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        "<title>Nothing to show yet</title>\n"
        '<link rel="stylesheet" href="/__preview/failure.css">\n</head>\n<body>\n<main id="main">\n'
        "<h1>Nothing to show yet</h1>\n<p>Mend this, and the page appears by itself.</p>\n"
        f"<ul>\n{items}</ul>\n</main>\n</body>\n</html>\n"
    ).encode()


def _item(report: dict[str, Any]) -> str:
    place = report["path"]
    if report["line"]:
        place += f":{report['line']}:{report['column'] or 1}"
    hint = f"<p>{escape(report['hint'])}</p>" if report["hint"] else ""
    return f"<li><p><code>{escape(place)}</code> {escape(report['message'])}</p>{hint}</li>\n"
