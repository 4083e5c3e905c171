"""What is known of the body of every document, by source path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.bodies.render import Bodies, BodyInfo
from generator.content.read import Document
from generator.ground.reads import Reads


class BodyTable:
    """Looks bodies up by source path.

    *known* are made already, *rendered* of them by this run. Those of *late* are made by *make* when they are first
    asked for: a build of one condition shows little of the others. Not frozen for that reason, and because the
    preview replaces the entry of an edited text that no other page can see. *read* are the paths of bodies that were
    looked up since :meth:`begin`; *reads* notes them with all else that is looked up.
    """

    def __init__(
        self,
        known: Mapping[str, BodyInfo],
        rendered: int = 0,
        late: Iterable[Document] = (),
        make: Callable[[Document], Bodies] | None = None,
        reads: Reads | None = None,
    ) -> None:
        self._known = dict(known)
        self._late = {document.source_path: document for document in late}
        self._make = make
        self.rendered = rendered
        self.read: set[str] = set()
        self._reads = reads or Reads()

    def begin(self) -> None:
        """Forget which bodies were looked up so far."""
        self.read = set()

    def __contains__(self, path: str) -> bool:
        return path in self._known or path in self._late

    def of(self, path: str) -> BodyInfo:
        """The body of the document at *path*; raises KeyError where there is no such document."""
        self.read.add(path)
        self._reads.names.add(path)
        info = self._known.get(path)
        return info if info is not None else self._made(path)

    def find(self, path: str) -> BodyInfo | None:
        """The body of the document at *path*, if there is such a document."""
        self._reads.names.add(path)
        return self.of(path) if path in self else None

    def known(self) -> Iterator[tuple[str, BodyInfo]]:
        """Path and body of all that were made so far."""
        return iter(self._known.items())

    def replace(self, infos: Mapping[str, BodyInfo]) -> None:
        """Put edited bodies in place of those that are known."""
        self._known.update(infos)

    def with_edits(self, infos: Mapping[str, BodyInfo]) -> BodyTable:
        """A copy in which *infos* replace what is known; a copy, not a chain, since checks ask for every body."""
        return BodyTable(
            {**self._known, **infos}, self.rendered, self._late.values(), self._make, self._reads
        )

    def _made(self, path: str) -> BodyInfo:
        if self._make is None:
            raise KeyError(path)
        made = self._make(self._late[path])
        self.rendered += made.rendered
        info = self._known[path] = made.by_path[path]
        return info
