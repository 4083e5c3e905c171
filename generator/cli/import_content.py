"""`gatherwell import …`: a site of WordPress, Hugo or Jekyll becomes content of this project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.cli.asking import known_conditions
from generator.cli.extras import demand
from generator.cli.import_comments import (
    disqus_command,
    file_of_comments,
    gatherwell_command,
    isso_command,
    names_option,
    tell,
)
from generator.cli.new_paths import find_condition
from generator.cli.options import root_option
from generator.content.config import read_config
from generator.ground.text import did_you_mean
from generator.schema.convert import Invalid
from generator.schema.dates import canonical_moment

if TYPE_CHECKING:
    from generator.importing.comments.old import CommentSource
    from generator.importing.entries import Source

Function = TypeVar("Function", bound=Callable[..., Any])
_OPTIONS = (
    root_option,
    click.option("--condition", metavar="C", help="Where everything goes that --map does not name."),
    click.option(
        "--map",
        "maps",
        metavar="CATEGORY=CONDITION",
        multiple=True,
        help="Where a category or a tag goes; may be given several times.",
    ),
    click.option(
        "--topics",
        type=click.Path(path_type=Path, dir_okay=False),
        help="A file that maps categories and tags to topics; begun where it does not exist.",
    ),
    click.option("--since", metavar="DATE", help="Only what was written or changed after this day."),
    click.option("--dry-run", is_flag=True, help="Report, and write nothing."),
    click.option("--json", "as_json", is_flag=True, help="Print the whole report as one JSON object."),
)


def _shared(function: Function) -> Function:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@click.group("import")
def command() -> None:
    """Bring in articles, pages, people and pictures of another site.

    What was edited here is never overwritten, and a second import of the same files changes nothing.
    """


@command.command("wordpress")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@names_option
@click.option("--no-comments", is_flag=True, help="Write no file of comments.")
@click.option(
    "--uploads",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The old site's folder wp-content/uploads, for its pictures.",
)
@_shared
def wordpress_command(
    files: tuple[Path, ...], uploads: Path | None, names: str, no_comments: bool, **options: Any
) -> None:
    """Import FILE, which WordPress made under Tools, Export, All content; name all of them where it made several.

    Its approved comments go into a file beside the project's state, for `gatherwell function import`.
    """
    demand("import")
    from generator.importing.comments.wordpress import WordPressComments
    from generator.importing.sources.wordpress import WordPress

    _run(WordPress(files, uploads), None if no_comments else (WordPressComments(files), names), **options)


@command.command("hugo")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@_shared
def hugo_command(folder: Path, **options: Any) -> None:
    """Import the project of Hugo in FOLDER, which holds hugo.toml and content/."""
    demand("import")
    from generator.importing.sources.hugo import Hugo

    _run(Hugo(folder), None, **options)


@command.command("jekyll")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@_shared
def jekyll_command(folder: Path, **options: Any) -> None:
    """Import the project of Jekyll in FOLDER, which holds _config.yml and _posts/."""
    demand("import")
    from generator.importing.sources.jekyll import Jekyll

    _run(Jekyll(folder), None, **options)


command.add_command(disqus_command)
command.add_command(isso_command)
command.add_command(gatherwell_command)


def _run(
    source: Source,
    comments: tuple[CommentSource, str] | None,
    root: Path,
    condition: str | None,
    maps: tuple[str, ...],
    topics: Path | None,
    since: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    from generator.importing.entries import Origin
    from generator.importing.menus import write_menu
    from generator.importing.run import Settings, rules_of, run_import
    from generator.importing.topics_file import read_topics, write_topics

    known = known_conditions(root)
    pairs = [_pair(written, known) for written in maps]
    default = find_condition(root, condition) if condition or not pairs else ""
    rules = rules_of(default, pairs, read_topics(topics) if topics else {})
    settings = Settings(root, read_config(root)[0], rules, tuple(known), _day(since), dry_run)
    report, terms, menu, unmet = run_import(source, settings)
    for category in unmet:
        what = f"'{category}' is no category, tag or folder of what came: nothing went to a condition by it"
        report.note("look", Origin("--map"), what)
    written = (
        file_of_comments(comments[0], comments[1], root, dry_run, report) if comments is not None else None
    )
    if topics and not topics.exists() and not dry_run:
        write_topics(topics, terms, rules)
    written_menu = not dry_run and write_menu(root, menu)
    tell(report, dry_run, as_json, written, root, () if written_menu else menu)


def _pair(written: str, known: list[str]) -> tuple[str, str]:
    category, _, condition = written.rpartition("=")
    if not category or condition not in known:
        near = did_you_mean(condition, known) or f"conditions are: {', '.join(known)}"
        raise click.BadParameter(f"'{written}' names no category and condition; {near}.", param_hint="--map")
    return category.strip(), condition


def _day(written: str | None) -> str:
    try:
        return canonical_moment(written) if written else ""
    except Invalid as error:
        raise click.BadParameter(f"{error}; {error.hint}.", param_hint="--since") from None
