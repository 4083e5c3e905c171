"""The plain functions that `gatherwell`'s command line wraps, gathered under one name."""

from widgets.function.adapters.package import PackageError, package
from widgets.function.adapters.server import serve
from widgets.function.desk_commands import approve, back_up, check, hold, queue, reject
from widgets.function.pull import PullError, pull

__all__ = [
    "PackageError",
    "PullError",
    "approve",
    "back_up",
    "check",
    "hold",
    "package",
    "pull",
    "queue",
    "reject",
    "serve",
]
