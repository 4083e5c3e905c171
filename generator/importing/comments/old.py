"""What every format's comments are read as, and what is noted of those that stay out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from generator.importing.entries import Noting


class Old(NamedTuple):
    """One approved comment. *key* and *parent* are the source's own numbers; *who* tells two people of one name apart.

    *who* is an address or a login name: it is compared, and never written. *address* is the old page's path, or its query.
    *text* is Markdown of the subset that comments may hold; *cut* says that its end was too far to be read.
    """

    key: str
    parent: str
    address: str
    who: str
    name: str
    created: str
    text: str
    line: int = 0
    cut: bool = False


class CommentSource(Protocol):
    """A format with comments. :meth:`comments` may be called twice."""

    @property
    def kind(self) -> str:
        """The format's name: wordpress, disqus, isso."""

    def comments(self, note: Noting, out: Counter[str]) -> Iterator[Old]:
        """Every approved comment; *out* counts the others by the reason why they stay out."""

    def logins(self) -> frozenset[str]:
        """Login names that the source tells, in lower case; complete once all comments were read."""

    def site(self) -> str:
        """The old site's host, or another name of it that stays the same; complete once all comments were read."""
