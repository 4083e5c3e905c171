"""What a bucket lacks and what it has too much: pure comparison of a built site with a listing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.deploy.objects import SiteObject
from generator.outputs.headers import IMMUTABLE


class Changes(NamedTuple):
    """*gone* are keys; *held* counts the listing."""

    new: tuple[SiteObject, ...]
    changed: tuple[SiteObject, ...]
    gone: tuple[str, ...]
    held: int

    @property
    def sent(self) -> tuple[SiteObject, ...]:
        return (*self.new, *self.changed)

    @property
    def stages(self) -> tuple[tuple[SiteObject, ...], ...]:
        """What is sent, in stages of which each begins when the one before is in place: what pages name comes first."""
        sent = sorted(self.sent, key=lambda each: each.key)
        return tuple(tuple(each for each in sent if _turn(each) == turn) for turn in range(3))

    @property
    def stale(self) -> tuple[str, ...]:
        """The keys of which caches may hold something else: what was new cannot be in any."""
        return (*(each.key for each in self.changed), *self.gone)


def compare(site: Iterable[SiteObject], listing: Mapping[str, str], whole: bool = False) -> Changes:
    """What to send and to delete; *listing* has the entity tag of each key. With *whole* everything is sent again."""
    site = tuple(site)
    new = tuple(each for each in site if each.key not in listing)
    changed = tuple(
        each for each in site if each.key in listing and (whole or listing[each.key] != each.digest)
    )
    gone = tuple(sorted(listing.keys() - {each.key for each in site}))
    return Changes(new, changed, gone, len(listing))


def too_many_gone(changes: Changes, percent: int) -> bool:
    """Whether more than *percent* of what the bucket holds would be deleted: it may be another site's."""
    return len(changes.gone) * 100 > changes.held * percent


def _turn(each: SiteObject) -> int:
    """Files for ever first, then other files, pages last, so that no page names what is not there yet."""
    if each.cache == IMMUTABLE[1]:
        return 0
    return 2 if each.key.endswith(".html") else 1
