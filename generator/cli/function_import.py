"""`gatherwell function import`: comments of an older system go into the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.manifest_age import built_manifests
from generator.cli.messages import count
from generator.cli.options import jobs_option, make_options, make_project, now_option, root_option
from generator.cli.store import own_claims, secret_of, store_name, store_option, worded
from generator.content.config import read_config
from generator.content.front_matter.addresses import paths_of
from generator.ground.errors import SiteError

if TYPE_CHECKING:
    from widgets.desk.imports.taking import OldPlaces, Taken

_SHOWN = 20
_PRIVACY = {
    "en": (
        "Older comments came from our former site, under shortened names and without any address. Nobody holds a key to them. "
        "If you wrote some of them and want them gone, tell us the name as the page shows it, and the page: we erase everything "
        "that stands under that name."
    ),
    "es": (
        "Los comentarios antiguos vienen de nuestro sitio anterior, con nombres abreviados y sin ninguna dirección. Nadie tiene "
        "una clave para ellos. Si escribiste alguno y quieres que desaparezca, dinos el nombre tal como lo muestra la página, y "
        "qué página es: borramos todo lo que está bajo ese nombre."
    ),
}


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@root_option
@store_option
@now_option
@jobs_option
def import_command(file: Path, root: Path, store: str | None, now_text: str | None, jobs: int) -> None:
    """Take in the comments of FILE, which `gatherwell import` wrote; build the site first.

    Each comment comes once, however often this is run; after an interruption it goes on where it was. What the rules find in
    them waits at the desk.
    """
    from widgets.adapters.commands import demand_store, import_comments

    if (
        store
    ):  # a name that was mistyped would take everything in, where nobody looks; the project's own is made
        with worded():
            demand_store(store)
    manifests = manifests_of(root)
    places = _old_places(root, now_text, jobs)
    place = store_name(root, store)
    with worded():
        secret = secret_of(root, place)
        taken = import_comments(place, file, manifests, places, own_claims(root), secret, jobs)
    for line in _report(taken):
        click.echo(line)
    if taken.stored:
        language = read_config(root)[0].language.partition("-")[0]
        click.echo(f"\nFor the privacy page, in your words:\n{_PRIVACY.get(language, _PRIVACY['en'])}")


def manifests_of(root: Path) -> list[bytes]:
    """The manifests of the last build, one a host. Raises SiteError before the first."""
    found = built_manifests(root / "site")
    if not found:
        raise SiteError(
            "the site is not built yet", hint="run `gatherwell build` first: comments go to its pages"
        )
    return [path.read_bytes() for path in found]


def _old_places(root: Path, now_text: str | None, jobs: int) -> OldPlaces:
    from generator.build.review_debt import read_site
    from widgets.desk.imports.taking import OldPlaces

    site = read_site(
        make_project(root, None),
        make_options(root, now_text, False, jobs),
        lambda text: click.echo(text, err=True),
    )
    addresses: dict[str, tuple[str, str]] = {}
    pages: dict[str, tuple[str, str]] = {}
    for path, article in site.articles.items():
        place = (article.thread, article.language)
        pages[path] = place
        addresses |= dict.fromkeys(paths_of(article.front_matter.aliases), place)
    return OldPlaces(addresses, pages)


def _report(taken: Taken) -> list[str]:
    lines = [
        f"{count(taken.stored, 'comment')} stored, {taken.known:,} were there already.",
    ]
    if taken.marked:
        marked = ", ".join(f"{number:,} {reason}" for reason, number in taken.marked.most_common())
        lines.append(
            f"The desk is to read: {marked}. {taken.hidden:,} of these are hidden until somebody has decided."
        )
    if taken.renamed:
        lines.append(f"{count(len(taken.renamed), 'name')} not free, or not allowed here; changed:")
        lines += _some([f"{old} → {new}" for old, new in sorted(taken.renamed.items())])
    if taken.unseen_names and taken.stored:
        lines.append(
            "Members erased names here in the last twelve months. Whether one of them came again could not be told without the "
            "function's secret: next time set GATHERWELL_SECRET_FILE or GATHERWELL_SECRET as for the function."
        )
    if taken.alone:
        lines.append(
            f"{count(taken.alone, 'answer')} without the comment that they answered, or in a full conversation: "
            "each begins a conversation."
        )
    lines += [f"Left out: {number:,} {why}" for why, number in sorted(taken.out.items())]
    if taken.homeless:
        lines.append(
            f"{sum(taken.homeless.values()):,} left out, since their address or file leads to no page with comments "
            "(add the address to `aliases`, publish the draft, build, and run this again):"
        )
        lines += _some(
            [f"{number:,} at {address or '(none)'}" for address, number in sorted(taken.homeless.items())]
        )
    return lines


def _some(lines: list[str]) -> list[str]:
    more = [f"  … and {len(lines) - _SHOWN:,} more"] if len(lines) > _SHOWN else []
    return [f"  {line}" for line in lines[:_SHOWN]] + more
