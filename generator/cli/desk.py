"""`gatherwell desk …`: who moderates, and moderation from a terminal."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import click

from generator.cli.erase_name import erase_name_command
from generator.cli.function_origin import function_origin, published_origin
from generator.cli.messages import count
from generator.cli.options import root_option
from generator.cli.store import secret_of, store_name, store_option, worded
from generator.content.config import read_config
from generator.ground.errors import SiteError

# As `widgets.desk` has them (a test compares): importing that here would cost every command its time.
_ROLES = ("moderator", "editor", "advocate", "clinician")
_ANSWERS = (
    *("off-topic", "unkind", "medical-claim", "personal-data", "method", "advert", "duplicate", "other"),
    "care",
)

_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("desk")
def command() -> None:
    """Who moderates, and moderation from a terminal."""


command.add_command(erase_name_command)


@command.command("invite")
@click.argument("name")
@click.option("--role", type=click.Choice(_ROLES), required=True, help="What the person may do.")
@click.option("--person", metavar="ID", help="The profile under content/_people/ that answers link to.")
@click.option("--condition", "conditions", multiple=True, help="Only there; may be repeated.")
@click.option("--verified-by", default="", metavar="WHO", help="Who made sure that the role is true.")
@click.option(
    "--may-answer-crisis",
    is_flag=True,
    help="May answer privately: somebody trained to write to people in crisis.",
)
@click.option(
    "--endpoint", help="The site's origin, such as https://example.org; by default that of base_url."
)
@root_option
@store_option
def invite_command(
    name: str,
    role: str,
    person: str | None,
    conditions: tuple[str, ...],
    verified_by: str,
    may_answer_crisis: bool,
    endpoint: str | None,
    root: Path,
    store: str | None,
) -> None:
    """Print a link that lets NAME in once, within two days."""
    from widgets.adapters.commands import invite

    config = read_config(root)[0]
    _demand_content(root, person, conditions)
    origin = published_origin(config, endpoint)
    with worded():
        staff, token = invite(
            store_name(root, store),
            name=name,
            role=role,
            person=person,
            conditions=conditions,
            verified_by=verified_by,
            may_answer_crisis=may_answer_crisis,
        )
    click.echo(f"{staff.name}, {staff.role} ({staff.id}). The link serves once, within 48 hours:", err=True)
    click.echo(f"{origin}/desk/enter?t={token}")


def _demand_content(root: Path, person: str | None, conditions: tuple[str, ...]) -> None:
    content = root / "content"
    if person is not None and ("/" in person or not (content / "_people" / f"{person}.md").is_file()):
        raise SiteError(f"there is no profile {person!r}", hint="write content/_people/ID.md first")
    for condition in conditions:
        if "/" in condition or not (content / condition / "_index.md").is_file():
            raise SiteError(f"there is no condition {condition!r}", hint="name a folder of content/")


@command.command("revoke")
@click.argument("staff")
@root_option
@store_option
def revoke_command(staff: str, root: Path, store: str | None) -> None:
    """Revoke the access of STAFF (an id): sessions, links and passkeys end at once."""
    from widgets.adapters.commands import revoke

    with worded():
        gone = revoke(store_name(root, store), staff)
    click.echo(f"{gone.name} is out.")


@command.command("staff")
@root_option
@store_option
@_json_option
def staff_command(root: Path, store: str | None, as_json: bool) -> None:
    """Who is on the staff, in which role, verified by whom."""
    from widgets.adapters.commands import staff

    names = (
        "id",
        "name",
        "role",
        "person",
        "conditions",
        "verified_by",
        "verified_on",
        "revoked",
        "may_answer_crisis",
    )
    with worded():
        people = staff(store_name(root, store))
    if as_json:
        found = [{name: getattr(person, name) for name in names} for person in people]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for person in people:
        where = ", ".join(person.conditions) or "every condition"
        verified = f"; verified by {person.verified_by} on {person.verified_on}" if person.verified_by else ""
        verified += "; may answer privately" if person.may_answer_crisis else ""
        revoked = "; revoked" if person.revoked is not None else ""
        click.echo(f"{person.id}  {person.name}, {person.role} in {where}{verified}{revoked}")
    click.echo(f"{sum(person.revoked is None for person in people)} on the staff")


@command.command("queue")
@root_option
@store_option
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many at most."
)
@_json_option
def queue_command(root: Path, store: str | None, limit: int, as_json: bool) -> None:
    """What waits for an editor, the most urgent first."""
    from widgets.adapters.commands import queue

    with worded():
        waiting = queue(store_name(root, store), limit)
    if as_json:
        click.echo(json.dumps([_public(comment) for comment in waiting], ensure_ascii=False, indent=1))
        return
    for comment in waiting:
        _print(comment)
    click.echo(f"{len(waiting)} waiting" if waiting else "Nothing waits.")


def _public(comment: Any) -> dict[str, Any]:
    names = ("id", "thread", "pseudonym", "text", "lang", "held", "urgency", "created")
    return {name: getattr(comment, name) for name in names} | {"state": str(comment.state)}


def _print(comment: Any) -> None:
    reasons = [*comment.held, *(f"flagged {name} × {n}" for name, n in sorted(comment.flags.items()))]
    said = f"{comment.state}; {', '.join(reasons)}" if reasons else comment.state
    click.secho(f"{comment.id}  {comment.thread}  {_moment(comment.created)}  ({said})", bold=True)
    click.echo(f"  {comment.pseudonym}: {comment.text}\n")


def _moment(seconds: int) -> str:
    return f"{dt.datetime.fromtimestamp(seconds, dt.UTC):%Y-%m-%d %H:%M}"


@command.command("show")
@click.argument("comment")
@root_option
@store_option
@_json_option
def show_command(comment: str, root: Path, store: str | None, as_json: bool) -> None:
    """A comment, the conversation around it, and what was done to it."""
    from widgets.adapters.commands import show

    with worded():
        found, around, log = show(store_name(root, store), comment)
    if as_json:
        document = {
            "comment": _public(found),
            "conversation": [_public(one) for one in around],
            "audit": [_entry(entry) for entry in log],
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    _print(found)
    for one in around:
        if one.id != found.id and one.state != "withdrawn":
            click.echo("In the same conversation:")
            _print(one)
    for entry in log:
        click.echo(f"{_moment(entry.time)}  {entry.actor}: {entry.action} {entry.reason}".rstrip())


def _entry(entry: Any) -> dict[str, Any]:
    names = ("id", "time", "actor", "action", "comment", "reason", "batch")
    fields = {name: getattr(entry, name) for name in names}
    return fields | {"before": dict(entry.before), "after": dict(entry.after)}


@command.command("approve")
@click.argument("comment")
@root_option
@store_option
def approve_command(comment: str, root: Path, store: str | None) -> None:
    """Publish a comment."""
    from widgets.adapters.commands import approve

    with worded():
        _say(approve(store_name(root, store), comment))


@command.command("hold")
@click.argument("comment")
@root_option
@store_option
def hold_command(comment: str, root: Path, store: str | None) -> None:
    """Put a comment back into the queue."""
    from widgets.adapters.commands import hold

    with worded():
        _say(hold(store_name(root, store), comment))


@command.command("reject")
@click.argument("comment")
@click.option(
    "--answer",
    type=click.Choice(_ANSWERS),
    default="other",
    show_default=True,
    help="What its writer is told.",
)
@root_option
@store_option
def reject_command(comment: str, answer: str, root: Path, store: str | None) -> None:
    """Refuse a comment; its writer reads a kind answer."""
    from widgets.adapters.commands import reject

    with worded():
        _say(reject(store_name(root, store), comment, answer))


@command.command("note")
@click.argument("comment")
@click.argument("text")
@click.option("--source", required=True, metavar="URL", help="Where it stands, beginning with https://.")
@click.option("--by", required=True, metavar="STAFF", help="The clinician's id, as `desk staff` lists it.")
@root_option
@store_option
def note_command(comment: str, text: str, source: str, by: str, root: Path, store: str | None) -> None:
    """Show a comment with a clinician's note above it."""
    from widgets.adapters.commands import note

    with worded():
        _say(note(store_name(root, store), comment, text, source, by))


def _say(changed: Any) -> None:
    click.echo(f"{changed.id}: {changed.state}")


@command.command("alert")
@click.option("--test", "is_test", is_flag=True, required=True, help="Send a message that says it is a test.")
@click.option("--endpoint", help="The site's origin; by default that of base_url.")
@root_option
def alert_command(is_test: bool, endpoint: str | None, root: Path) -> None:
    """Try every channel that GATHERWELL_ALERT_… names in this environment, the second addresses too."""
    from widgets.adapters.commands import NOBODY_CALLED, try_alerts

    config = read_config(root)[0]
    with worded():
        told = try_alerts(function_origin(config, endpoint), config.language, os.environ)
    if not told:
        raise SiteError(NOBODY_CALLED)
    for name, ok in told.items():
        click.echo(f"{name}: {'sent' if ok else 'failed'}", err=not ok)
    if not all(told.values()):
        raise SystemExit(1)


@command.command("export")
@root_option
@store_option
def export_command(root: Path, store: str | None) -> None:
    """The audit as JSON, one entry a line, the oldest first. It holds no text and no pseudonym."""
    from widgets.adapters.commands import export

    with worded():
        entries = export(store_name(root, store))
    for entry in entries:
        click.echo(json.dumps(entry, ensure_ascii=False))


@command.command("purge")
@root_option
@store_option
def purge_command(root: Path, store: str | None) -> None:
    """Delete all that is past its retention time (docs/desk.md has the table). A running function does so hourly."""
    from widgets.adapters.commands import purge

    with worded():
        named = store_name(root, store)
        destroyed = purge(named, secret_of(root, named))
    click.echo(f"{count(destroyed, 'rejected comment')} destroyed")
