"""Watches the sources with the system's own means and names what changed, relative to the root."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from generator.content.config import CONFIG_NAME
from generator.content.snapshot import EARLIER, PRIVATE, SNAPSHOT
from generator.disk.content_tree import CONTENT_DIR, STATIC_DIR
from generator.disk.names import canonical
from generator.ground.project import STATE_DIR, Project

# Events of reading ("opened", "closed without writing") are ignored: the preview causes them itself.
_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]

Note = Callable[[str, bool], None]


class Folder(NamedTuple):
    """A folder to watch, by its real path, since the system follows no links; whether all below it counts too, and where
    sources have it: at a link that leads there.
    """

    path: Path
    recursive: bool
    shown: Path


class Watcher(FileSystemEventHandler):
    """Calls *note* with a path and whether its writer has finished, from a thread of its own.

    Where the system has no watches left, *failed* holds its message, and the caller must poll.
    """

    def __init__(
        self, project: Project, note: Note, make_observer: Callable[[], BaseObserver] = Observer
    ) -> None:
        self._project = project
        self._root = Path(os.path.abspath(project.root))  # noqa: PTH100 - as the system names it, links not followed
        self._note = note
        self._make_observer = make_observer
        self._observer: BaseObserver | None = None
        self._watched: dict[Folder, ObservedWatch] = {}
        self._places = tuple(self._folders())
        self.failed = ""

    def start(self) -> None:
        try:
            self._observer = self._make_observer()
            self._observer.start()
        except OSError as error:
            self._fail(error)
        self.renew()

    def stop(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer = None

    def renew(self) -> None:
        """Watch folders that have appeared, or appeared again."""
        observer = self._observer
        if observer is None:
            return
        self._places = tuple(self._folders())
        alive = {emitter.watch for emitter in observer.emitters if emitter.is_alive()}
        for folder in self._places:
            known = self._watched.get(folder)
            if known is not None and known in alive:
                continue
            try:
                if known is not None:
                    observer.unschedule(known)
                if folder.path.is_dir():
                    self._watched[folder] = observer.schedule(
                        self, str(folder.path), recursive=folder.recursive, event_filter=_EVENTS
                    )
                else:
                    self._watched.pop(folder, None)
            except (OSError, KeyError) as error:
                self._watched.pop(folder, None)
                if isinstance(error, OSError):
                    self._fail(error)

    def _fail(self, error: OSError) -> None:
        self.failed = error.strerror or str(error)

    def _folders(self) -> Iterator[Folder]:
        # The root itself is not watched in depth: node_modules, .git and the output would use up the system's watches.
        yield _folder(self._root, recursive=False)
        yield _folder(self._root / CONTENT_DIR, recursive=True)
        yield _folder(self._root / STATIC_DIR, recursive=True)
        yield _folder(self._root / STATE_DIR, recursive=False)
        yield _folder(self._root / PRIVATE, recursive=False)
        elements = [] if self._project.elements is None else [self._project.elements]
        for path in dict.fromkeys(os.path.abspath(path) for path in (*self._project.theme_path, *elements)):  # noqa: PTH100
            yield _folder(Path(path), recursive=True)
            # A theme, or a folder of it, may be a link.
            for parent, names, _ in os.walk(path):
                yield from (
                    _folder(place, recursive=True)
                    for name in names
                    if (place := Path(parent, name)).is_symlink()
                )

    # --- called by the observer's thread --------------------------------------------------------

    def on_any_event(self, event: FileSystemEvent) -> None:
        finished = event.event_type == "closed"
        moved = event.event_type == "moved"
        source = self._name(event.src_path, event.is_directory)
        if source:
            self._note(source, finished)
        if moved:
            target = self._name(event.dest_path, event.is_directory)
            if target:
                self._note(target, not event.is_directory)

    def _name(self, raw: bytes | str, is_directory: bool) -> str:
        """The path as sources are named, absolute outside of the root; empty where nobody reads it."""
        path = self._shown(Path(os.fsdecode(raw)))
        name = path.name
        try:
            relative = canonical(path.relative_to(self._root).as_posix())
        except ValueError:
            return "" if _passed_over(name) else path.as_posix()
        top = relative.split("/", 1)[0]
        if top == STATE_DIR:
            return relative if relative in (SNAPSHOT, EARLIER) else ""
        if "/" not in relative and not (is_directory or relative == CONFIG_NAME):
            return ""
        if top in (CONTENT_DIR, CONFIG_NAME):
            return "" if _passed_over(name) else relative
        inside = any(path.is_relative_to(folder.shown) for folder in self._places if folder.recursive)
        return relative if inside and not _passed_over(name) else ""

    def _shown(self, path: Path) -> Path:
        """Where sources have what the system names *path*: below the innermost folder that is watched."""
        around = [folder for folder in self._places if path.is_relative_to(folder.path)]
        if not around:
            return path
        nearest = max(around, key=lambda folder: len(folder.path.parts))
        return nearest.shown / path.relative_to(nearest.path)


def _folder(shown: Path, *, recursive: bool) -> Folder:
    return Folder(Path(os.path.realpath(shown)), recursive, shown)


def _passed_over(name: str) -> bool:
    return name.startswith(".") or name.endswith("~")
