"""The bounds of pyproject.toml are those that `make lowest` tries."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
REQUIRED = [
    Requirement(text)
    for text in (
        *PROJECT["dependencies"],
        *PROJECT["optional-dependencies"]["function"],
        *PROJECT["optional-dependencies"]["aws"],
        *PROJECT["optional-dependencies"]["desk"],
        *PROJECT["optional-dependencies"]["import"],
    )
]


def pinned(name: str) -> dict[str, Version]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(key): Version(version) for key, version in pairs}


LOWEST, LOCKED = pinned("constraints-lowest.txt"), pinned("constraints.txt")
# `make lowest` is tried on Linux, which does not need what Windows alone needs.
LINUX = {"sys_platform": "linux", "platform_python_implementation": "CPython"}
TRIED = [required for required in REQUIRED if not required.marker or required.marker.evaluate(LINUX)]


@pytest.mark.parametrize("required", TRIED, ids=str)
def test_a_lower_bound_is_the_version_that_is_tried(required: Requirement) -> None:
    (bound,) = [Version(part.version) for part in required.specifier if part.operator == ">="]

    assert LOWEST[canonicalize_name(required.name)] == bound


@pytest.mark.parametrize("required", REQUIRED, ids=str)
def test_a_locked_version_lies_within_the_bounds(required: Requirement) -> None:
    assert required.specifier.contains(LOCKED[canonicalize_name(required.name)])


@pytest.mark.parametrize("name", ["jinja2", "markdown-it-py", "mdit-py-plugins"])
def test_what_the_code_reaches_into_has_an_upper_bound_too(name: str) -> None:
    (required,) = [required for required in REQUIRED if required.name == name]

    assert any(part.operator == "<" for part in required.specifier)
