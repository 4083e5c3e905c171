"""The store that the function's commands work on, and how its failures are worded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from generator.errors import SiteError
from generator.project import STATE_DIR

store_option = click.option(
    "--store",
    envvar="GATHERWELL_STORE",
    show_default="ROOT/.gatherwell/function.sqlite",
    help="sqlite:PATH or dynamodb:TABLE.",
)


def store_name(root: Path, store: str | None) -> str:
    """The store as the function names it."""
    return store or f"sqlite:{root / STATE_DIR / 'function.sqlite'}"


def own_claims(root: Path) -> Path | None:
    """The editors' own list of medical claims, where they keep one."""
    path = root / "claims.yaml"
    return path if path.is_file() else None


@contextmanager
def worded() -> Iterator[None]:
    """Turn what the function's commands raise into an error for people."""
    from widgets.function.commands import PackageError, PullError
    from widgets.store.records import Conflict, Gone, StoreError

    try:
        yield
    except Gone:
        raise SiteError("there is no such comment", hint="`gatherwell desk queue` lists what waits") from None
    except Conflict:
        raise SiteError(
            "the comment has just been changed by its writer", hint="read it again first"
        ) from None
    except (StoreError, PackageError, PullError, ValueError, OSError) as error:
        raise SiteError(str(error)) from None
