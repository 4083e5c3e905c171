"""Owns `gatherwell function package`: a zip for Lambda with the same bytes whenever and wherever it is
made."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from widgets.adapters.environment import CLAIMS, REPLIES
from widgets.rules.claims import read_claims
from widgets.rules.replies import parse_replies

Architecture = Literal["arm64", "x86_64", "host"]

# What the handler imports; pip finds what these need in turn. boto3 stays out: botocore alone is asked.
REQUIREMENTS: Final = (
    *("starlette", "msgspec", "nh3", "altcha", "markdown-it-py", "pyyaml", "mangum", "botocore", "jinja2"),
)
_HOST_ALSO: Final = (
    *("anyio", "idna", "typing_extensions", "mdurl", "jmespath", "python-dateutil", "six", "urllib3"),
    "markupsafe",
)
# For passkeys, where the extra `desk` is installed; sign-in links work without it.
_PASSKEYS: Final = (
    *("webauthn", "cryptography", "cffi", "pycparser", "pyopenssl", "cbor2", "pyasn1", "pyasn1-modules"),
)
_PLATFORMS: Final = {
    "arm64": (
        "manylinux_2_34_aarch64",
        "manylinux_2_28_aarch64",
        "manylinux_2_17_aarch64",
        "manylinux2014_aarch64",
    ),
    "x86_64": (
        "manylinux_2_34_x86_64",
        "manylinux_2_28_x86_64",
        "manylinux_2_17_x86_64",
        "manylinux2014_x86_64",
    ),
}
_BOTOCORE_DATA: Final = (
    *(
        "dynamodb/",
        "ssm/",
        "endpoints.json",
        "partitions.json",
        "sdk-default-configuration.json",
        "_retry.json",
    ),
)
_SHAPES: Final = ("__init__.py", "rfc5280.py")  # of pyasn1-modules: what passkeys read certificates by
_LEFT_OUT: Final = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
# cryptography reads its bindings with `_cffi_backend` alone: these write bindings, and parse C for that.
_WRITERS_OF_BINDINGS: Final = ("cffi", "pycparser")
# Names of time zones for machines that have none: botocore reads moments in UTC alone.
_ZONES: Final = "dateutil/zoneinfo/dateutil-zoneinfo.tar.gz"
# Lists of phrases as people write them: the function reads their indices alone.
_LISTS: Final = "widgets/rules/phrases/"
_TIME: Final = (1980, 1, 1, 0, 0, 0)


class PackageError(Exception):
    """The zip could not be made; the message says what to do."""


RUNNING: Final = f"{sys.version_info.major}.{sys.version_info.minor}"


def package(
    out: Path,
    arch: Architecture = "arm64",
    python: str = RUNNING,
    claims: Path | None = None,
    replies: Path | None = None,
) -> Path:
    """Write the zip to `out` and return it. Versions are those installed beside this module, so a lock is
    kept.

    Where `python`, the version that Lambda will run, is the running one, modules are compiled beforehand: a
    cold start then takes a third of the time. `host` takes the installed packages themselves (no network),
    for trying the zip on this machine. `claims`: the editors' own list, `replies`: a community's own
    sentences for private answers, which go with it. Raises PackageError, PhraseError on a list that cannot be read,
    and RepliesError.
    """
    if claims is not None:
        read_claims(claims)
    if replies is not None:
        parse_replies(replies)
    own = {name: path for name, path in ((CLAIMS, claims), (REPLIES, replies)) if path is not None}
    with tempfile.TemporaryDirectory(prefix="gatherwell-package-") as folder:
        fetched, place = Path(folder, "fetched"), Path(folder, "zip")
        if arch == "host":
            files = dict(_installed())
        else:
            _fetch(fetched, arch, python)
            files = {
                path.relative_to(fetched).as_posix(): path for path in fetched.rglob("*") if path.is_file()
            }
        for name, path in {**files, **dict(_own()), **own}.items():
            if _wanted(name):
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place / name)
        if python == RUNNING:
            _compile(place)
        out.parent.mkdir(parents=True, exist_ok=True)
        temporary = out.with_name(out.name + ".part")
        _write(temporary, place)
        temporary.replace(out)
    return out


def _compile(place: Path) -> None:
    """Compile with unchecked hashes (the zip never changes) and with the paths under which Lambda unpacks it."""
    command = [
        *(sys.executable, "-m", "compileall", "-q", "-j", "1", "--invalidation-mode", "unchecked-hash"),
        *("-s", str(place), "-p", "/var/task", str(place)),
    ]
    # A set's order is written into bytecode: with a fixed seed the same source gives the same bytes.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        raise PackageError(f"The modules could not be compiled:\n{done.stdout.strip()}")


def _packages() -> tuple[str, ...]:
    with suppress(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("webauthn")
        return (*REQUIREMENTS, *_HOST_ALSO, *_PASSKEYS)
    return (*REQUIREMENTS, *_HOST_ALSO)


def _fetch(place: Path, arch: str, python: str) -> None:
    pinned = [f"{name}=={importlib.metadata.version(name)}" for name in _packages()]
    platforms = [part for platform in _PLATFORMS[arch] for part in ("--platform", platform)]
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"),
        *(
            "--target",
            str(place),
            "--only-binary",
            ":all:",
            "--implementation",
            "cp",
            "--python-version",
            python,
        ),
        *(*platforms, *pinned),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PackageError(f"pip could not fetch wheels for {arch}, Python {python}:\n{done.stderr.strip()}")


def _installed() -> Iterator[tuple[str, Path]]:
    for name in _packages():
        for file in importlib.metadata.distribution(name).files or ():
            path = Path(str(file.locate()))
            if not file.as_posix().startswith("..") and path.is_file():
                yield file.as_posix(), path


def _own() -> Iterator[tuple[str, Path]]:
    """The function's own modules; the elements stay out."""
    root = Path(__file__).resolve().parents[1]
    for path in root.rglob("*"):
        relative = path.relative_to(root)
        if relative.parts[0] != "elements" and path.is_file():
            yield f"widgets/{relative.as_posix()}", path


def _wanted(name: str) -> bool:
    if name.startswith("botocore/data/"):
        return name.removeprefix("botocore/data/").startswith(_BOTOCORE_DATA)
    parts = name.split("/")
    if parts[0] == "pyasn1_modules":
        return parts[-1] in _SHAPES
    return not (
        "__pycache__" in parts
        or parts[-1] in _LEFT_OUT
        or name == _ZONES
        or name.endswith((".pyc", ".pyi"))
        or parts[0] in ("bin", "..", *_WRITERS_OF_BINDINGS)
        or name.startswith("widgets/contract/examples/")
        or (name.startswith(_LISTS) and name.endswith(".yaml"))
    )


def _write(out: Path, place: Path) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the mode below is read as Unix's wherever the zip was made
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, (place / name).read_bytes())
