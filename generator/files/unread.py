"""Files below ``content/`` that look like texts or data and that nothing reads: counted by suffix."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from generator.disk.content_tree import CONTENT_DIR
from generator.ground.errors import Problem

RULE = "files"
_MARKDOWN = (
    "articles are read from .md and .markdown: rename them, and look at each page for what is no Markdown"
)
_EXPORT = "export them as Markdown (.md)"
_DATA = "no page uses data files of your own; the document “Data files” names those of the site"
_REMEDIES = {
    **dict.fromkeys((".mdx", ".mdown", ".mkd", ".mkdn", ".rmd", ".qmd", ".txt", ".text"), _MARKDOWN),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".rst", ".adoc", ".asciidoc", ".org", ".textile"), _EXPORT),
    **dict.fromkeys((".ipynb", ".docx", ".doc", ".odt", ".rtf", ".tex", ".pages", ".wiki"), _EXPORT),
    **dict.fromkeys((".yaml", ".yml", ".toml", ".json", ".csv", ".tsv", ".xml"), _DATA),
}
# What the site reads itself.
_OWN = re.compile(rf"{CONTENT_DIR}/(?:_[^/]+\.yaml|_results/.*|[^/]+/surveys/[^/]+\.yaml)")


def unread_files(paths: Iterable[str], used: Collection[str]) -> list[Problem]:
    """A warning for each suffix of a text or data file among *paths* that is not *used*; pictures and the like may wait."""
    by_suffix: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        suffix = posixpath.splitext(path)[1].lower()
        if suffix in _REMEDIES and path not in used and not _OWN.fullmatch(path):
            by_suffix[suffix].append(path)
    return [_problem(suffix, found) for suffix, found in sorted(by_suffix.items())]


def _problem(suffix: str, found: list[str]) -> Problem:
    if len(found) == 1:
        said = f"a file that ends with {suffix} is not read"
    else:
        said = f"{len(found):,} files that end with {suffix} are not read, this one the first"
    return Problem(said, hint=_REMEDIES[suffix], source_path=found[0], severity="warning", rule=RULE)
