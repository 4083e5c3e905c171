"""The plain functions that `gatherwell`'s command line wraps, gathered under one name."""

from widgets.adapters.alert_trial import has_alerts, try_alerts
from widgets.adapters.environment import NOBODY_CALLED, read_secret, replace_secret
from widgets.adapters.package import PackageError, package
from widgets.adapters.pull import PullError, pull
from widgets.adapters.server import serve
from widgets.adapters.snapshot_check import demand_snapshot
from widgets.desk.auth.rights import ROLES
from widgets.desk.commands import (
    approve,
    arrivals,
    back_up,
    check,
    export,
    hold,
    invite,
    note,
    purge,
    queue,
    reject,
    restore,
    revoke,
    rotate,
    show,
    staff,
)
from widgets.desk.exports.commands import demand_contributions, export_contributions, import_contributions
from widgets.desk.imports.commands import erase_name, import_comments
from widgets.desk.insights import read_insights
from widgets.desk.moderation.actions import ANSWERS
from widgets.desk.survey_export import export_survey
from widgets.store.opening import demand_existing as demand_store

__all__ = [
    "ANSWERS",
    "NOBODY_CALLED",
    "ROLES",
    "PackageError",
    "PullError",
    "approve",
    "arrivals",
    "back_up",
    "check",
    "demand_contributions",
    "demand_snapshot",
    "demand_store",
    "erase_name",
    "export",
    "export_contributions",
    "export_survey",
    "has_alerts",
    "hold",
    "import_comments",
    "import_contributions",
    "invite",
    "note",
    "package",
    "pull",
    "purge",
    "queue",
    "read_insights",
    "read_secret",
    "reject",
    "replace_secret",
    "restore",
    "revoke",
    "rotate",
    "serve",
    "show",
    "staff",
    "try_alerts",
]
