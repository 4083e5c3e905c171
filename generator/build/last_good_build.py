"""`build --withdrawals`: the last good inputs, less what was withdrawn since, whatever is wrong with the content now.

Where none are kept, or they cannot be rendered, ``withdrawals`` takes members' words off the pages that are there.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shutil
import subprocess
import tarfile
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.build.forget_words import forget_words_in
from generator.build.last_build import BuildResult
from generator.build.last_good import lay_out_kept
from generator.build.pipeline import build
from generator.build.run import Report
from generator.content.config import read_config
from generator.content.front_matter.parse import parse_document
from generator.content.front_matter.schema import ArticleFrontMatter
from generator.content.snapshot import SNAPSHOT, read_snapshot
from generator.disk.content_tree import CONTENT_DIR, STATIC_DIR
from generator.disk.lock import build_lock
from generator.disk.names import is_markdown, on_disk
from generator.disk.replacing import replace_file
from generator.ground.errors import RequestError, SiteError
from generator.ground.project import Options, Project
from generator.site.schedule import iso, status_of

_WITHDRAWN = "withdrawn.json"  # paths that were left out the last time
_DRAFT = re.compile(
    rb"(?mi)^(?:draft:[ \t]*[\"']?(?:true|yes|on)|published:[ \t]*[\"']?(?:false|no)|status:[ \t]*[\"']?draft)\b"
)


def build_withdrawals(project: Project, options: Options, report: Report, revision: str = "") -> BuildResult:
    """Build the last good inputs of *project*, or those of a git *revision*, into its output folder.

    Left out are articles and files that are gone from the project since, articles that became drafts or have expired (and, as long
    as their front matter cannot be read, those that were left out before), and, with the newest snapshot, members' words that were withdrawn. Raises RequestError where no inputs are known.
    """
    work = project.state / "withdrawals" / project.root.resolve().name
    with build_lock(project.state, lambda: report("another build is at work here; waiting for it")):
        shutil.rmtree(work, ignore_errors=True)
        try:
            _lay_out(project, work, revision)
            gone = _withdraw(project.root, work, options.now, _known(project.state))
            _keep(project.state, gone)
            report(f"rendering the last good inputs; files withdrawn since: {len(gone)}")
            _copy_snapshot(project.root, work)
            # A link to what was withdrawn must not hold its withdrawal back.
            kept = Project(work, project.out.absolute(), project.elements)
            result = build(
                kept, options._replace(keep_going=True, keeps_inputs=False, withdrawn=gone), report
            )
            forget_words_in(project.state, read_snapshot(project.root)[0])
            return result
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _lay_out(project: Project, work: Path, revision: str) -> None:
    if revision:
        work.mkdir(parents=True)
        command = ["git", "-C", str(project.root), "archive", "--format=tar", revision]
        try:
            archive = subprocess.run(command, capture_output=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError):
            hint = "name a commit, a branch or a tag of this repository"
            raise RequestError(f"--from: git has no '{revision}' here", hint=hint) from None
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(work, filter="data")
        return
    if not lay_out_kept(project, work):
        hint = "name a good commit with --from REV; every build that succeeds keeps its inputs from now on"
        raise RequestError("no good inputs are kept here", hint=hint)


def _known(state: Path) -> frozenset[str]:
    """What was left out the last time."""
    try:
        return frozenset(json.loads((state / _WITHDRAWN).read_bytes()))
    except (OSError, ValueError, TypeError):
        return frozenset()


def _keep(state: Path, gone: frozenset[str]) -> None:
    """Before anything is written: a fault later must not bring back what was decided."""
    replace_file(state / _WITHDRAWN, json.dumps(sorted(gone)).encode())


def _withdraw(root: Path, work: Path, now: dt.datetime, known: frozenset[str]) -> frozenset[str]:
    """Remove from *work* what *root* does not publish any more; returns the paths of these files."""
    gone = [
        file.relative_to(work).as_posix()
        for top in (CONTENT_DIR, STATIC_DIR)
        for file in sorted((work / top).rglob("*"))
        if file.is_file() and _is_withdrawn(root, file.relative_to(work).as_posix(), now, known)
    ]
    for path in gone:
        (work / path).unlink()
    return frozenset(gone)


def _is_withdrawn(root: Path, path: str, now: dt.datetime, known: frozenset[str]) -> bool:
    file = Path(on_disk(f"{root}/{path}"))
    if not file.is_file():
        return True
    if not is_markdown(path):
        return False
    raw = file.read_bytes()
    front_matter = parse_document(raw, "article", path).front_matter
    if isinstance(front_matter, ArticleFrontMatter):
        return status_of(front_matter, _zone(root), iso(now)) in ("draft", "expired")
    # Front matter that cannot be read may still say that the article is held back; else what was decided stands.
    return path in known or _DRAFT.search(raw.partition(b"\n---")[0]) is not None


def _zone(root: Path) -> ZoneInfo:
    """The site's time zone; UTC where the settings cannot be read."""
    try:
        return read_config(root)[0].zone
    except SiteError:
        return ZoneInfo("UTC")


def _copy_snapshot(root: Path, work: Path) -> None:
    """Members' words are those of the newest snapshot, not of the last good build."""
    if (root / SNAPSHOT).is_file():
        (work / SNAPSHOT).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / SNAPSHOT, work / SNAPSHOT)
