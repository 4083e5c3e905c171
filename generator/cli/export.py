"""`gatherwell export`: all of a community as files that anybody can read, and that `import gatherwell` takes in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from generator import __version__
from generator.cli.function_import import manifests_of
from generator.cli.messages import count
from generator.cli.options import root_option
from generator.cli.store import store_name, store_option, worded
from generator.cli.typed import as_typed
from generator.ground.errors import RequestError, SiteError

_NO_KEYS: Final = (
    "Keyed hashes were not carried: at another place members can no longer take back or change what they wrote here, nor "
    "can they vote anew on what they voted on. `gatherwell function backup` with the secret keeps that."
)
_README: Final = """# An export of {title}

Made on {day} by Gatherwell {version}. `gatherwell import gatherwell DIR` makes a project of it again.

- `project/`: content, people, settings, themes and static files as they were.
- `contributions/`: what members wrote and chose, one JSON object a line; `contributions/schemas/` describes each file.
- `threads/`, `stories/`, `questions/`: what is public once more, as Markdown for people.
- `snapshot.json`: what the last `gatherwell results pull` fetched.

Texts that wait for a moderator are in `contributions/comments.jsonl`: keep this folder as private as the store. No device
key, keyed hash, network address or staff account is in it.
"""


@click.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@root_option
@store_option
@click.option("--no-store", is_flag=True, help="The project's files alone: there is no function.")
@click.option(
    "--with-keys", is_flag=True, help="Refused: a copy of the store with its secret is the sound way."
)
def command(folder: Path, root: Path, store: str | None, no_store: bool, with_keys: bool) -> None:
    """Write content, people, settings, comments, stories, tallies and results into DIR, as Markdown and JSON Lines."""
    from generator.content.config import read_config
    from generator.importing.project_files import FORMAT, HEAD, VERSION, copy_out

    if with_keys:
        raise RequestError(
            "keys are not exported",
            hint="they are worth nothing without the function's secret: `gatherwell function backup` copies the store, and "
            "the secret file goes with it",
        )
    if folder.exists() and any(folder.iterdir()):
        raise SiteError(f"{folder} is not empty", hint="name a new folder")
    if folder.resolve().is_relative_to((root / "site").resolve()):
        raise RequestError(
            f"{folder} lies in the output folder, which is published", hint="name another folder"
        )
    manifests = [] if no_store else manifests_of(root)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    copied = copy_out(root, folder)
    click.echo(count(copied.files, "file"))
    for link in copied.links:
        click.echo(f"left where it is, since it is a symbolic link: {link}")
    if not no_store:
        _export_store(store_name(root, store), manifests, folder)
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    title = str(read_config(root)[0].title)
    (folder / "README.md").write_text(
        _README.format(title=title, day=day, version=__version__), encoding="utf-8"
    )
    head = {
        "format": FORMAT,
        "version": VERSION,
        "day": day,
        "generated_by": f"gatherwell {__version__}",
    }
    (folder / HEAD).write_text(json.dumps(head, indent=1) + "\n", encoding="utf-8")


def _export_store(store: str, manifests: list[bytes], folder: Path) -> None:
    from widgets.adapters.commands import export_contributions

    with worded():
        written = export_contributions(store, manifests, folder)
    for name, lines in written.lines.items():
        click.echo(f"{lines:8,}  {name}")
    click.echo(as_typed(_NO_KEYS))
    click.echo(
        "Single answers to surveys stay where they are: `gatherwell surveys export --raw` is the way to them."
    )
