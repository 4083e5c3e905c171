"""The plain functions that `gatherwell`'s command line wraps, gathered under one name."""

from widgets.desk.acts import ANSWERS
from widgets.desk.rights import ROLES
from widgets.function.adapters.package import PackageError, package
from widgets.function.adapters.server import serve
from widgets.function.desk_commands import (
    approve,
    back_up,
    check,
    export,
    hold,
    invite,
    note,
    purge,
    queue,
    reject,
    revoke,
    show,
    staff,
)
from widgets.function.pull import PullError, pull

__all__ = [
    "ANSWERS",
    "ROLES",
    "PackageError",
    "PullError",
    "approve",
    "back_up",
    "check",
    "export",
    "hold",
    "invite",
    "note",
    "package",
    "pull",
    "purge",
    "queue",
    "reject",
    "revoke",
    "serve",
    "show",
    "staff",
]
