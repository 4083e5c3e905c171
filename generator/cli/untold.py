"""Reviewed texts that changed since a commit, or are copies under another text's review, while nothing says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from generator.checks.copied_reviews import claimed_review, copied_review
from generator.checks.untold_changes import Version, changed_reviewer, untold_change
from generator.cli.since import Since, read_blobs
from generator.content.config import Config, read_config
from generator.content.front_matter.parse import parse_text
from generator.content.front_matter.schema import ArticleFrontMatter
from generator.content.levels import apply_levels, as_checked
from generator.content.source_path import Naming, name_source
from generator.disk.content_tree import CONTENT_DIR
from generator.disk.names import is_markdown
from generator.ground.errors import Problem, SiteError


def untold_changes(root: Path, since: Since, now: dt.datetime) -> tuple[Problem, ...]:
    """A finding for each, with the level of ``checks: reviews``; none where the settings cannot be read."""
    try:
        config, _ = read_config(root)
    except SiteError:
        return ()
    found = apply_levels(_found(root, since, config, now.astimezone(config.zone).date()), config.checks)
    return tuple(as_checked(problem, config.checks) for problem in found)


def _found(root: Path, since: Since, config: Config, today: dt.date) -> Iterator[Problem]:
    extra = frozenset(config.front_matter.extra)
    now = {path: version for path in since.before if (version := _reviewed(root, path, config, extra))}
    blobs = read_blobs(root, {since.before[path] for path in now})
    for path, version in sorted(now.items()):
        raw = blobs.get(since.before[path])
        if raw is not None:
            then = Version(*parse_text(raw, "article", path, extra))
            for problem in (
                untold_change(path, then, version, config.zone, today),
                changed_reviewer(path, then, version, config.zone),
            ):
                if problem:
                    yield problem
    yield from _copied(root, since, config, extra)


def _copied(root: Path, since: Since, config: Config, extra: frozenset[str]) -> Iterator[Problem]:
    """Findings of texts that are new. Only texts that may share their review are parsed."""
    new = {
        path: version
        for path in sorted(since.paths - since.before.keys())
        if (version := _reviewed(root, path, config, extra))
    }
    if not new:
        return
    claims = [claimed_review(version) for version in new.values()]
    days = {claim[1].encode() for claim in claims if claim}
    others = []
    for file in sorted((root / CONTENT_DIR).rglob("*.md")):
        path = file.relative_to(root).as_posix()
        raw = b"" if path in new else _raw(file) or b""
        may_share = any(day in raw for day in days)
        if may_share and (version := _reviewed_in(raw, path, config, extra)):
            others.append((path, version))
    for path, version in new.items():
        if problem := copied_review(path, version, others):
            yield problem


def _raw(file: Path) -> bytes | None:
    """Its bytes; None where it is gone, or cannot be read, which is a finding itself."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def _reviewed(root: Path, path: str, config: Config, extra: frozenset[str]) -> Version | None:
    """The article at *path* where it names a reviewer; None for all else."""
    if not (path.startswith(f"{CONTENT_DIR}/") and is_markdown(path)):
        return None
    raw = _raw(root / path)
    return None if raw is None else _reviewed_in(raw, path, config, extra)


def _reviewed_in(raw: bytes, path: str, config: Config, extra: frozenset[str]) -> Version | None:
    naming = name_source(path, config)
    if not isinstance(naming, Naming) or naming.kind != "article":
        return None
    version = Version(*parse_text(raw, naming.kind, path, extra))
    front_matter = version.parsed.front_matter
    return version if isinstance(front_matter, ArticleFrontMatter) and front_matter.reviewer else None
