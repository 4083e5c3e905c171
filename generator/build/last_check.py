"""What the last check found, and whether anything that a check reads has changed since: then it need not look again."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from generator.build.inputs import Inputs
from generator.build.last_build import LastBuild, recorded_options
from generator.disk.cache import Cache
from generator.disk.content_tree import Source, Tree
from generator.disk.stamps import Seen
from generator.ground.errors import Problem
from generator.ground.project import Options
from generator.ground.text import digest
from generator.site.schedule import Epoch, iso

# The name of the record among the states of the cache; an output folder has a path for its name.
_NAME = "check"


class LastCheck(msgspec.Struct, frozen=True):
    """What a finished check recorded of its inputs and findings.

    *inputs* is their fingerprint; *tree* and *others* are those of all files and of those that are no Markdown, by
    :func:`settled_tree`. The findings hold from *since* to *until* (UTC ISO text, empty without a bound). *sources* are
    the digests of the sources by path, encoded, and empty where errors kept stages from looking; *lint* is what was found
    in templates, *staged* are those of the *problems* that no check of a document found, *tried* says that each could be rendered. *unfinished* are the files that somebody has to complete.
    """

    inputs: str
    options: tuple[bool, tuple[str, ...], bool]
    tree: str
    others: str
    since: str
    until: str
    problems: tuple[Problem, ...]
    staged: tuple[Problem, ...]
    complete: bool
    next_change: str | None
    lint: tuple[Problem, ...]
    tried: bool
    unfinished: tuple[str, ...]
    sources: bytes

    def source_digests(self) -> dict[str, str]:
        """The digest of the bytes of each source, by path; nothing after errors."""
        return msgspec.msgpack.decode(self.sources, type=dict[str, str]) if self.sources else {}

    def as_build(self) -> LastBuild:
        """The plan of this check as :class:`~generator.build.cached_plan.CachedPlan` knows that of a build.

        It has no *readers*: a check renders no page, and only rendering asks who read what.
        """
        return LastBuild(
            inputs=self.inputs,
            options=self.options,
            sources=self.source_digests(),
            since=self.since,
            until=self.until,
            pages=0,
            outputs=-1,
            warnings=self.problems,
            staged=self.staged,
            left_out={},
            readers=msgspec.Raw(),
        )


def last_check(options: Options, inputs: Inputs, cache: Cache) -> LastCheck | None:
    """The last check, if it was asked for the same, with equal settings, in the same stretch of time."""
    raw = cache.state(_NAME)
    if raw is None:
        return None
    try:
        last = msgspec.msgpack.decode(raw, type=LastCheck)
    except msgspec.MsgspecError:
        return None
    if last.inputs != inputs.fingerprint or last.options != recorded_options(options):
        return None
    return last if Epoch(last.since, last.until).holds(iso(options.now)) else None


def keep_check(cache: Cache, last: LastCheck) -> None:
    """Record *last* for the next check."""
    cache.keep_state(_NAME, msgspec.msgpack.encode(last))


def tree_holds(tree: Tree, last: LastCheck) -> bool:
    """Whether every file is certainly as *last* knew it."""
    return bool(last.tree) and not tree.problems and last.tree == _stamps(_all(tree))


def others_hold(tree: Tree, last: LastCheck) -> bool:
    """Whether every file that is no Markdown is certainly as *last* knew it."""
    return bool(last.others) and last.others == _stamps(_others(tree))


def settled_tree(tree: Tree, looked: int) -> str:
    """The fingerprint of names and stamps of all files; empty where a stamp proves nothing because its file was changed
    shortly before *looked* (ns since the epoch), the moment at which looking at the tree began.
    """
    return "" if tree.problems else _settled(_all(tree), looked)


def settled_others(tree: Tree, looked: int) -> str:
    """As :func:`settled_tree`, of the files that are no Markdown."""
    return _settled(_others(tree), looked)


def _all(tree: Tree) -> Sequence[Source]:
    return (*tree.markdown, *_others(tree))


def _others(tree: Tree) -> Sequence[Source]:
    return (*tree.others.values(), *tree.static.values())


def _settled(files: Sequence[Source], looked: int) -> str:
    return _stamps(files) if all(Seen(file.stamp, looked, "").holds_for(file.stamp) for file in files) else ""


def _stamps(files: Sequence[Source]) -> str:
    lines = []
    for path, stamp in files:
        lines.append(f"{path} {stamp.size} {stamp.mtime} {stamp.ctime} {stamp.inode}")
    return digest("\n".join(lines))
