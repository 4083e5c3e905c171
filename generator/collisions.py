"""Two inputs that lead to one output are an error that names both."""

from __future__ import annotations

from collections.abc import Iterable

from generator.errors import Problem


def find_collisions(outputs: Iterable[tuple[str, str]]) -> list[Problem]:
    """Problems among (output path, origin); names that differ in case alone collide on many disks, and so here."""
    every = list(outputs)
    if _all_apart([path.casefold() for path, _ in every]):
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
                    hint="give one of them another `slug`, or take the alias out",
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
                        hint="change the alias or the slug",
                    )
                )
                break
    return problems


def _all_apart(paths: list[str]) -> bool:
    """Whether no path is there twice and none is a folder of another: so it is in nearly every build."""
    files = set(paths)
    folders: set[str] = set()
    for path in paths:
        parent = path.rpartition("/")[0]
        while parent and parent not in folders:
            folders.add(parent)
            parent = parent.rpartition("/")[0]
    return len(files) == len(paths) and files.isdisjoint(folders)


def _shown(path: str) -> str:
    return "/" + path.removesuffix("index.html")


def _place(*origins: str) -> str:
    """The first of *origins* that is a content file, so that an editor can open it."""
    return next((origin for origin in origins if origin.startswith("content/")), origins[0])
