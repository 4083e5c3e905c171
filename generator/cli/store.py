"""The store that the function's commands work on, and how its failures are worded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from generator.ground.errors import SiteError
from generator.ground.project import STATE_DIR

PREVIEW_STORE: Final = "preview-function.sqlite"  # in the same folder as the function's own

store_option = click.option(
    "--store",
    envvar="GATHERWELL_STORE",
    show_default="ROOT/.gatherwell/function.sqlite",
    help="sqlite:PATH or dynamodb:TABLE.",
)


def store_name(root: Path, store: str | None) -> str:
    """The store as the function names it."""
    return store or f"sqlite:{root / STATE_DIR / 'function.sqlite'}"


def secret_of(root: Path, store: str) -> bytes | None:
    """The function's secret where this machine has it; it is never made here. The one beside a local store is no table's.
    Raises ValueError on what is none."""
    from widgets.adapters.commands import read_secret

    own = None if store.startswith("dynamodb:") else root / STATE_DIR / "function.secret"
    return read_secret(os.environ, own)


def own_claims(root: Path) -> Path | None:
    """The editors' own list of medical claims, where they keep one."""
    path = root / "claims.yaml"
    return path if path.is_file() else None


def own_replies(root: Path) -> Path | None:
    """The community's own sentences for private answers, where it keeps some."""
    path = root / "replies.yaml"
    return path if path.is_file() else None


def _where_stores_are(missing: Path | None) -> str:
    """A remedy for a store that is not where it was looked for."""
    preview = missing.with_name(PREVIEW_STORE) if missing else None
    if preview and preview.is_file():
        return f"the preview's store lies beside it: name it with --store sqlite:{preview}"
    if missing and missing.name == PREVIEW_STORE:
        return (
            "open the desk whose address `gatherwell serve` prints: its first visit makes the preview's store"
        )
    return "name the store that the function uses with --store; `gatherwell function serve` makes one"


@contextmanager
def worded() -> Iterator[None]:
    """Turn exceptions of the function's commands into errors with a message and a remedy."""
    from widgets.adapters.commands import PackageError, PullError
    from widgets.store.records import Conflict, Gone, NoStore, StoreError

    try:
        yield
    except Gone:
        raise SiteError("there is no such comment", hint="`gatherwell desk queue` lists what waits") from None
    except Conflict:
        raise SiteError(
            "the comment has just been changed by its writer", hint="read it again first"
        ) from None
    except NoStore as error:
        raise SiteError(str(error), hint=_where_stores_are(error.place)) from None
    except (StoreError, PackageError, PullError, ValueError, OSError) as error:
        raise SiteError(str(error)) from None
