"""Two pages of the preview's own: what there is to review, and what each rule that protects readers looks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from generator.build.review_debt import Debt, debts_of
from generator.checks import PROTECTING
from generator.checks.rule import RuleInfo
from generator.preview.reports import Reporter
from generator.site.types import Site

REVIEWS, RULES = "reviews", "rules"
# Codes that have an explanation here; others say all in their own words.
EXPLAINED = frozenset(rule.code for rule in PROTECTING)
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
_STATES = {
    "overdue": "Overdue",
    "missing": "Never reviewed, and needs it",
    "changed": "Changed since the review",
    "due": "Due some day",
}


def review_board(site: Site, reporter: Reporter, with_links: bool) -> bytes:
    """Every article that wants a review, by state; *with_links* to the editor, for browsers on this machine."""
    debts = debts_of(site)
    sections = "".join(
        f"<h2>{_STATES[state]} ({len(found)})</h2>\n{_table(site, found, reporter, with_links)}"
        for state, found in ((state, list(group)) for state, group in groupby(debts, lambda debt: debt.state))
    )
    return _page("What there is to review", sections or "<p>Nothing.</p>\n")


def _table(site: Site, debts: Sequence[Debt], reporter: Reporter, with_links: bool) -> str:
    head = "".join(
        f"<th scope='col'>{name}</th>" for name in ("Due", "Article", "Condition", "Reviewer", "File")
    )
    rows = "".join(_row(site, debt, reporter, with_links) for debt in debts)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _row(site: Site, debt: Debt, reporter: Reporter, with_links: bool) -> str:
    edit = reporter.edit_url(debt.source_path) if with_links else ""
    file, article = escape(debt.source_path), site.articles[debt.source_path]
    # As a path: the preview is not where the site will stand.
    url = article.root.href(article.url_path)
    cells = (
        escape(debt.due),
        f'<a href="{escape(url)}">{escape(debt.title)}</a>',
        escape(debt.condition),
        escape(debt.reviewer),
        f'<a href="{escape(edit)}">{file}</a>' if edit else f"<code>{file}</code>",
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def rules_page() -> bytes:
    """What each rule that protects readers says, its remedy and its ground; a finding's code leads to its place."""
    return _page("Rules that protect readers", _rules(PROTECTING))


def _rules(rules: Iterable[RuleInfo]) -> str:
    return "".join(
        f'<h2 id="{rule.code}">{rule.code}</h2>\n<p>A rule about {rule.kind}.</p>\n'
        f"<p>It says: {escape(rule.message)}</p>\n<p>Remedy: {escape(rule.remedy)}</p>\n"
        f"<p>{_ground(rule.source)}</p>\n"
        for rule in rules
    )


def _ground(source: str) -> str:
    """The guideline as a link; its name where it has no address."""
    if "://" not in source:
        return f"It rests on {escape(source)}."
    return f'<a href="{escape(source)}" rel="noopener noreferrer">What it rests on</a>'


def _page(title: str, content: str) -> bytes:
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n"
        '<link rel="stylesheet" href="/__preview/failure.css">\n</head>\n<body>\n<main id="main">\n'
        f"<h1>{title}</h1>\n{content}</main>\n</body>\n</html>\n"
    ).encode()
