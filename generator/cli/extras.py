"""What a plain installation lacks: the extra that brings a missing module, and the command that installs it."""

from __future__ import annotations

import importlib.util
import re
import shlex
import sys
from collections.abc import Mapping
from typing import Final

from generator.ground.errors import SiteError

DISTRIBUTION: Final = "gatherwell"
# The modules and distributions of each extra by which its absence shows.
EXTRAS: Final[Mapping[str, tuple[str, ...]]] = {
    "function": ("altcha", "python_multipart"),
    "desk": ("webauthn",),
    "import": ("bs4", "markdownify"),
    "aws": ("boto3", "botocore", "mangum"),
}
_OF_EXTRA = re.compile(r"""\s*;\s*extra\s*==\s*['"](?P<extra>[\w-]+)['"]\s*$""")
_MARKED = re.compile(r"""\s+and\s+extra\s*==\s*['"](?P<extra>[\w-]+)['"]\s*$""")


def demand(extra: str) -> None:
    """Raise SiteError where a module of *extra* is not installed; looking for it imports nothing."""
    if any(importlib.util.find_spec(module) is None for module in EXTRAS[extra]):
        raise missing_extra(extra)


def lacking(error: ModuleNotFoundError) -> SiteError | None:
    """The one sentence for a missing module of an extra; None where the module is nobody's, and so a fault of ours."""
    top = (error.name or "").partition(".")[0].replace("-", "_").lower()
    extra = next((extra for extra, modules in EXTRAS.items() if top in modules), None)
    return missing_extra(extra) if extra else None


def missing_extra(extra: str) -> SiteError:
    """What to do where *extra* is not installed.

    The command names what the extra holds and not `gatherwell[…]`: pip would look for that name on an index, where it
    may be somebody else's.
    """
    # Markers (`; sys_platform != 'win32'`) in double quotes: single ones inside of single ones could not be read.
    needed = " ".join(shlex.quote(requirement.replace("'", '"')) for requirement in requirements_of(extra))
    command = f"{shlex.quote(sys.executable)} -m pip install {needed or f'{DISTRIBUTION}[{extra}]'}"
    return SiteError(f"this needs the extra {DISTRIBUTION}[{extra}], which is not installed", hint=command)


def requirements_of(extra: str) -> list[str]:
    """What *extra* adds to a plain installation, as the installed version declares it."""
    # Imported where it is needed: it takes longer to load than the whole command line.
    import importlib.metadata

    try:
        declared = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        return []
    found = []
    for requirement in declared:
        for form in (_OF_EXTRA, _MARKED):
            match = form.search(requirement)
            if match and match["extra"] == extra:
                found.append(requirement[: match.start()].strip())
    return found
