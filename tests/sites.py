"""Tiny sites for tests: written from an in-line listing, edited, built, looked at."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from pathlib import Path

from generator.build.last_build import BuildResult
from generator.build.pipeline import build
from generator.ground.errors import SiteErrors
from generator.ground.project import Options, Project

NOW = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)
_HEADER = re.compile(r"^== (.+?)(?: ==)?$", re.MULTILINE)


class TinySite:
    """A project in a temporary folder.

    ``TinySite(tmp_path, "== content/migraine/a.md\\n---\\ntitle: A\\n---\\nText")`` writes the listing's files;
    each file begins with a line ``== path``. The search index is made only where *search* is set: it costs as much
    as all the rest of a tiny site.
    """

    search = False

    def __init__(self, root: Path, listing: str = "") -> None:
        self.root = root
        self.out = root / "site"
        root.mkdir(parents=True, exist_ok=True)
        (root / "content").mkdir(exist_ok=True)
        self.write(listing)

    def write(self, listing: str) -> TinySite:
        parts = _HEADER.split(listing)
        for path, text in zip(parts[1::2], parts[2::2], strict=True):
            self.put(path, text.removeprefix("\n"))
        return self

    def put(self, path: str, content: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def article(self, path: str, body: str = "Some words.", **front_matter: object) -> None:
        """An article under ``content/`` with *matter* as front matter; the title defaults to the file's name."""
        lines = {"title": Path(path).stem, **front_matter}
        block = "\n".join(f"{key}: {value}" for key, value in lines.items())
        self.put(f"content/{path}", f"---\n{block}\n---\n{body}\n")

    def replace(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text("utf-8")
        assert old in text, f"{old!r} is not in {path}"
        self.put(path, text.replace(old, new))

    def delete(self, path: str) -> None:
        (self.root / path).unlink()

    def build(
        self, out: Path | None = None, now: dt.datetime = NOW, jobs: int = 1, **options: object
    ) -> BuildResult:
        project = Project(self.root, out or self.out)
        wanted = {"search": self.search, **options}
        return build(project, Options(now=now, jobs=jobs, **wanted), lambda _: None)  # type: ignore[arg-type]

    def fails(self, **options: object) -> list[str]:
        """The errors of a build that must fail, each as ``path:line:column: message | hint``."""
        try:
            self.build(**options)  # type: ignore[arg-type]
        except SiteErrors as errors:
            return [str(problem).replace("\n    ", " | ") for problem in errors.problems]
        except Exception as error:
            return [str(error).replace("\n    ", " | ")]
        raise AssertionError("the build was expected to fail")

    def text(self, path: str) -> str:
        """An output as text."""
        return (self.out / path).read_text("utf-8")

    def outputs(self, out: Path | None = None) -> dict[str, bytes]:
        """Every output by path."""
        folder = out or self.out
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def clean_outputs(self, tmp: Path, now: dt.datetime = NOW, **options: object) -> dict[str, bytes]:
        """What a clean build of the same content gives: same root name, no cache, an empty output folder."""
        import shutil

        other = tmp / self.root.name
        if other.exists():
            shutil.rmtree(other)
        shutil.copytree(self.root, other, ignore=shutil.ignore_patterns("site", ".gatherwell"), symlinks=True)
        private = Path(".gatherwell", "private")
        if (self.root / private).exists():
            shutil.copytree(self.root / private, other / private)
        clean = TinySite(other)
        clean.search = self.search
        clean.build(now=now, **options)  # type: ignore[arg-type]
        return clean.outputs()


def forget_version(cache: Path) -> None:
    """Make a cache look as if another version of the generator had filled it."""
    database = sqlite3.connect(cache)
    with database:
        database.execute("UPDATE meta SET value='another' WHERE key='version'")
    database.close()
