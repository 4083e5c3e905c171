"""Which articles a view was made from: noted whenever an article's front matter is read, so that no page has to say so."""

from __future__ import annotations


class Reads:
    """The source paths of the articles whose front matter was read since :meth:`begin`.

    All articles of a site share one. It is no part of what an article is: any two are equal. Values that are kept and
    used again must read the front matter at each use, as :func:`generator.views.shared_parts.card` does.
    """

    __slots__ = ("paths",)

    def __init__(self) -> None:
        self.paths: set[str] = set()

    def begin(self) -> None:
        """Forget what was noted so far."""
        self.paths = set()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reads)

    def __hash__(self) -> int:
        return 0
