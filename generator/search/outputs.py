"""The indexes as outputs: kept while nothing that can be found has changed, else made anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.bodies import decode_body
from generator.cache import BodyStore, CacheDamaged
from generator.errors import Problem
from generator.permalinks import Root
from generator.search.canonical import canonicalize
from generator.search.documents import Lexicon, render_document
from generator.search.pagefind import SearchError, pagefind_version, write_index
from generator.search.records import IndexPlan, plan_indexes
from generator.software import software_digest
from generator.stamps import Written
from generator.text import digest
from generator.views.material import Material
from generator.write import Fresh, Output, intact


class Indexes(NamedTuple):
    """What became of the indexes: files to rename into place, files that stay, and what could not be done."""

    fresh: list[Fresh]
    kept: dict[str, Written]
    problems: list[Problem]


def make_indexes(material: Material, only: Sequence[str], bodies: Path, output: Output) -> Indexes:
    """The index of every host as files among *output*'s temporaries; *bodies* is the cache's file.

    A failure is a warning: the earlier index, if there is one, stays in place, and the next build tries again.
    """
    made = Indexes([], {}, [])
    if not (material.searchable and material.site.config.search):
        return made
    software = digest(software_digest(), pagefind_version())
    for plan in plan_indexes(material, only, software):
        prefix = index_prefix(plan.root)
        standing = _standing(output, prefix)
        if _is_whole(standing, plan.key):
            made.kept.update(standing)
            continue
        folder = output.temporaries / prefix
        try:
            write_index(_documents(plan, material, bodies), folder)
            _settle(folder, made.problems)
            made.fresh.extend(_files(folder, prefix, plan.key, standing))
        except SearchError as error:
            message = f"the search index was not made: {error}"
            made.problems.append(Problem(message, hint=error.hint, severity="warning", rule="search"))
            made.kept.update(standing)
            shutil.rmtree(folder, ignore_errors=True)
    return made


def index_prefix(root: Root) -> str:
    """The folder of a host's index below the output folder, with its slash."""
    return f"{root.folder}/search/index/" if root.folder else "search/index/"


def _standing(output: Output, prefix: str) -> dict[str, Written]:
    """The files of an earlier index that are still as they were written."""
    known = {path: intact(output, path) for path in output.before if path.startswith(prefix)}
    return {path: written for path, written in known.items() if written is not None}


def _is_whole(standing: Mapping[str, Written], key: str) -> bool:
    """Whether *standing* is the complete index of *key*: each of its files knows how many they are."""
    mark = f"{key}/{len(standing)}"
    return bool(standing) and all(written.view == mark for written in standing.values())


def _documents(plan: IndexPlan, material: Material, file: Path) -> Iterator[tuple[str, str]]:
    lexicons: dict[str, Lexicon] = {}
    with BodyStore(file) as store:
        for record in plan.records:
            if record.language not in lexicons:
                lexicons[record.language] = Lexicon(material.site.glossary, record.language)
            body = None
            if record.body:
                payload = store.get(record.body)
                if payload is None:
                    raise CacheDamaged("a body is missing")
                body = decode_body(payload)
            yield record.url, render_document(record, body, lexicons[record.language])


def _settle(folder: Path, problems: list[Problem]) -> None:
    try:
        canonicalize(folder)
    except ValueError as error:
        message = (
            f"Pagefind {pagefind_version()} made {error}: equal content may give differently named files"
        )
        hint = "install the version of Pagefind that constraints.txt names"
        problems.append(Problem(message, hint=hint, severity="warning", rule="search"))


def _files(folder: Path, prefix: str, key: str, standing: Mapping[str, Written]) -> Iterator[Fresh]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in paths:
        output_path = prefix + path.relative_to(folder).as_posix()
        content = digest(path.read_bytes())
        known = standing.get(output_path)
        if known is not None and known.file.digest == content:
            path.unlink()
        yield Fresh(output_path, f"{key}/{len(paths)}", content)
