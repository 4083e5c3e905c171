"""`gatherwell review`: which pages want a review, for people, programs and calendars."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.messages import count
from generator.cli.options import (
    drafts_option,
    jobs_option,
    make_options,
    make_project,
    now_option,
    root_option,
)
from generator.ground.text import digest
from generator.outputs.calendars import escaped, folded_line

if TYPE_CHECKING:
    from generator.build.review_debt import Debt, Source

_NOBODY = "nobody yet"


@click.command("review")
@root_option
@click.option(
    "--by",
    type=click.Choice(["state", "reviewer", "month", "condition"]),
    default="state",
    show_default=True,
    help="What the table is grouped by.",
)
@click.option("--sources", "by_source", is_flag=True, help="List sources with the pages that lean on each.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.option(
    "--ics",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a calendar of the days on which reviews are due.",
)
@drafts_option
@now_option
@jobs_option
def command(
    root: Path,
    by: str,
    by_source: bool,
    as_json: bool,
    ics: Path | None,
    drafts: bool,
    now_text: str | None,
    jobs: int,
) -> None:
    """List the pages whose review is overdue, missing, older than the text, or due some day."""
    from generator.build.review_debt import debts_of, read_site, sources_of

    options = make_options(root, now_text, drafts, jobs)
    site = read_site(make_project(root, None), options, lambda text: click.echo(text, err=True))
    if by_source:
        sources = sources_of(site)
        text = json.dumps({"sources": [source._asdict() for source in sources]}, ensure_ascii=False)
        click.echo(text if as_json else "\n".join(ledger(sources)))
        return
    debts = debts_of(site)
    if ics is not None:
        ics.write_text(calendar(debts, options.now), "utf-8", newline="")
        click.echo(f"{count(sum(bool(debt.due) for debt in debts), 'day')} in {ics}", err=True)
    if as_json:
        click.echo(json.dumps({"reviews": [debt._asdict() for debt in debts]}, ensure_ascii=False))
    elif ics is None:
        click.echo("\n".join(table(debts, by)))


def ledger(sources: Iterable[Source]) -> Iterator[str]:
    """Each source with the files that lean on it."""
    for source in sources:
        withdrawn = f" – withdrawn: {source.retracted}" if source.retracted else ""
        yield f"{source.title} ({source.id}){withdrawn}"
        yield from (f"  {page}" for page in source.pages)


def table(debts: Sequence[Debt], by: str) -> Iterator[str]:
    """The debts in groups, each with a heading and its number."""
    if not debts:
        yield "No page has a review, and none needs one."
    for name, group in groupby(sorted(debts, key=lambda debt: _key(debt, by)), lambda debt: _key(debt, by)):
        members = list(group)
        yield f"{name[1]} ({count(len(members), 'page')})"
        for debt in members:
            who = debt.reviewer or _NOBODY
            yield f"  {debt.due or '          '}  {debt.state:<8} {debt.source_path}  {debt.title} – {who}"


def _key(debt: Debt, by: str) -> tuple[int, str]:
    """Where a group stands, and what it is called."""
    if by == "state":
        return ("overdue", "missing", "changed", "due").index(debt.state), debt.state
    if by == "month":
        return int(not debt.due), debt.due[:7] or "never reviewed"
    return 0, {"reviewer": debt.reviewer or _NOBODY, "condition": debt.condition}[by]


def calendar(debts: Iterable[Debt], now: dt.datetime) -> str:
    """An event of a whole day for each review that is due (RFC 5545)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gatherwell//review//EN"]
    for debt in debts:
        if debt.due:
            lines += [
                "BEGIN:VEVENT",
                f"UID:{digest(debt.source_path)[:32]}@gatherwell",
                f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
                f"DTSTART;VALUE=DATE:{debt.due.replace('-', '')}",
                f"SUMMARY:{escaped(f'Review: {debt.title}')}",
                f"DESCRIPTION:{escaped(f'{debt.source_path}, last reviewed {debt.last_reviewed} by {debt.reviewer}')}",
                f"URL:{debt.url}",
                "END:VEVENT",
            ]
    return "".join(folded_line(line) for line in [*lines, "END:VCALENDAR"])
