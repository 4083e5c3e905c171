"""Finds outputs with the same path; each is an error that names both inputs."""

from __future__ import annotations

from collections.abc import Iterable

from generator.ground.errors import Problem

# Where writers' files lie; other origins are what the generator makes by itself.
_FILES = ("content/", "static/")


def find_collisions(outputs: Iterable[tuple[str, str]]) -> list[Problem]:
    """A problem for each two *outputs*, given as (output path, origin), that cannot both be written.

    Paths that differ only in case collide too, because they are one path on many disks. Equal assets of one origin may
    be given several times.
    """
    every = list(outputs)
    if _all_distinct([path.casefold() for path, _ in every]):
        return []
    owners: dict[str, tuple[str, str]] = {}
    problems = []
    for path, origin in every:
        folded = path.casefold()
        other = owners.get(folded)
        if other is None:
            owners[folded] = (path, origin)
        elif other[1] != origin or not path.startswith("assets/"):
            message = f"two inputs lead to {_shown(path)}: {other[1]} and {origin}"
            problems.append(
                Problem(
                    message,
                    source_path=_place(origin, other[1]),
                    hint=_hint("give one of them another `slug`, or take the alias out", origin, other[1]),
                )
            )
    for folded, (path, origin) in owners.items():
        parent = folded
        while "/" in parent:
            parent = parent.rpartition("/")[0]
            if parent in owners:
                message = f"{_shown(path)} needs a folder where {owners[parent][1]} puts a file"
                problems.append(
                    Problem(
                        message,
                        source_path=_place(origin, owners[parent][1]),
                        hint=_hint("change the alias or the slug", origin, owners[parent][1]),
                    )
                )
                break
    return problems


def _all_distinct(paths: list[str]) -> bool:
    """Whether no path occurs twice and none is a folder of another; a quick check that nearly every build passes."""
    files = set(paths)
    folders: set[str] = set()
    for parent in {path.rpartition("/")[0] for path in paths}:
        while parent and parent not in folders:
            folders.add(parent)
            parent = parent.rpartition("/")[0]
    return len(files) == len(paths) and files.isdisjoint(folders)


def _shown(path: str) -> str:
    return "/" + path.removesuffix("index.html")


def _place(*origins: str) -> str:
    """The first of *origins* that is a writer's file, so that an editor can open it; else the first."""
    files = (origin for folder in _FILES for origin in origins if origin.startswith(folder))
    return next(files, origins[0])


def _hint(usual: str, *origins: str) -> str:
    """The remedy; a file of ``static/`` is always the one that can give way."""
    static = next((origin for origin in origins if origin.startswith(_FILES[1])), "")
    return f"rename {static}, or take it out" if static else usual
