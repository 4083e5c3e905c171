"""`gatherwell insights`: a private report for editors on what a month brought."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec

from generator.cli.manifest_age import built_manifests
from generator.cli.options import jobs_option, make_options, make_project, now_option, root_option
from generator.cli.store import store_name, store_option, worded
from generator.ground.errors import RequestError, SiteError
from generator.ground.project import STATE_DIR
from generator.insights.months import Month, month_of, parse_month

if TYPE_CHECKING:
    from generator.insights.levels import Counts, Reads
    from generator.site.types import Site
    from widgets.store.activity import Activity, Span

_LOGS_OF_HOSTS: Final = "FILE, or CONDITION=FILE for a condition with a host of its own"


@click.command("insights")
@root_option
@click.option("--month", "month_text", metavar="YYYY-MM", help="By default the last one that has ended.")
@click.option(
    "--reads", "logs", multiple=True, metavar="FILE", help=f"Requests by page and day: {_LOGS_OF_HOSTS}."
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    show_default="ROOT/.gatherwell/private/insights/MONTH",
    help="The folder of the report.",
)
@store_option
@now_option
@jobs_option
def command(
    root: Path,
    month_text: str | None,
    logs: tuple[str, ...],
    folder: Path | None,
    store: str | None,
    now_text: str | None,
    jobs: int,
) -> None:
    """Write what grows, what is asked and unanswered, and where content is missing: one page and two CSV files.

    Numbers from 1 to 10 about members are kept back. The report is for editors and is never a part of a site.
    """
    from generator.build.review_debt import STATES, debts_of, read_site
    from generator.content.config import localized
    from generator.insights.levels import condition_rows, totals
    from generator.insights.lists import Open, Sent, lists_of
    from generator.insights.report import Report, Staff, write_report
    from widgets.adapters.commands import read_insights

    options = make_options(root, now_text, False, jobs)
    project = make_project(root, None)
    # Not `--now`, which is the site's: with a later one a running month would count as one that has ended.
    month = _month(month_text, month_of(clock()))
    months = (month.moved(-1), month)
    target = folder or root / STATE_DIR / "private" / "insights" / str(month)
    _demand_private(target, project.out)
    site = read_site(project, options, lambda text: click.echo(text, err=True))
    reads = _read_logs(logs, site, months)
    with worded():
        found = read_insights(store_name(root, store), [_span(one) for one in months])
    before, now = (
        _counts(activity, None if reads is None else {host: every[one] for host, every in reads.items()})
        for one, activity in zip(months, found.activity, strict=True)
    )
    config, debts = site.config, debts_of(site)
    asked = [Open(one.id, one.thread, one.created) for one in found.asked]
    sent = [Sent(one.id, one.condition, one.lang, one.published) for one in found.questions]
    report = Report(
        site=localized(config.title, config.language, config.language),
        language=config.language,
        month=month,
        rows=condition_rows(site, now, before),
        totals=totals(site, now, before),
        lists=lists_of(site, month, now, before, _questions(project.out), asked, sent),
        reviews=tuple((state, sum(debt.state == state for debt in debts)) for state in STATES),
        staff=Staff(found.waiting, found.decided, found.hours),
        has_reads=reads is not None,
        demonstration=config.demonstration,
    )
    click.echo(write_report(report, target))


def clock() -> dt.datetime:
    """The moment by which a month has ended, whatever the site is built as of."""
    return dt.datetime.now(dt.UTC)


def _month(text: str | None, running: Month) -> Month:
    """A month that has ended: reports of a running one, day by day, would tell of single people."""
    month = running.moved(-1) if text is None else parse_month(text)
    if month is None:
        raise RequestError(f"'{text}' is no month", hint="write it as 2026-10")
    if month >= running:
        raise RequestError(
            f"{month} has not ended",
            hint="two reports of one month would tell what somebody did between them; name an earlier month",
        )
    return month


def _demand_private(folder: Path, output: Path) -> None:
    if folder.resolve().is_relative_to(output.resolve()):
        raise RequestError(
            f"{folder} lies in the output folder, which is published", hint="name another folder"
        )


def _read_logs(
    logs: tuple[str, ...], site: Site, months: tuple[Month, ...]
) -> dict[str, dict[Month, dict[str, int]]] | None:
    """By host (its condition, empty for the portfolio's) and month; None where no file was named."""
    from generator.insights.reads import read_counts

    found: dict[str, dict[Month, dict[str, int]]] = {}
    for log in logs:
        host, path = _host_of(log, site)
        if host in found:
            raise RequestError(
                f"two files are named for one host: {log}", hint=f"name one each: {_LOGS_OF_HOSTS}"
            )
        found[host] = {month: dict(counts) for month, counts in read_counts(path, months).items()}
    return found or None


def _host_of(log: str, site: Site) -> tuple[str, Path]:
    name, equals, path = log.partition("=")
    if not equals or Path(log).exists():
        return "", Path(log)
    if name not in site.permalinks.own:
        hosts = ", ".join(site.permalinks.own) or "none"
        raise RequestError(f"'{name}' is no condition with a host of its own", hint=f"there are: {hosts}")
    return name, Path(path)


def _span(month: Month) -> Span:
    from widgets.store.activity import Span

    return Span(month.first.isoformat(), month.end.isoformat(), *month.seconds)


def _counts(activity: Activity, reads: Reads | None) -> Counts:
    from generator.insights.levels import Counts

    return Counts(
        reads, activity.reactions, activity.votes, activity.comments, activity.writers, activity.responses
    )


def _questions(output: Path) -> dict[str, str]:
    """The wordings of polls from the manifests of the last build; none before the first."""
    questions: dict[str, str] = {}
    for path in built_manifests(output):
        try:
            polls = msgspec.json.decode(path.read_bytes())["polls"]
            questions |= {poll: str(entry["question"]) for poll, entry in polls.items()}
        except (OSError, msgspec.DecodeError, KeyError, TypeError) as error:
            raise SiteError(f"{path} is no manifest", hint="build the site again") from error
    return questions
