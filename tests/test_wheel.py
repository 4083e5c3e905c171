"""The wheel works alone: built from the clone, installed elsewhere, it builds a site with its theme and elements."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.sites import TinySite

ROOT = Path(__file__).parent.parent


def run(*arguments: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, cwd=cwd, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT)
    (built,) = folder.glob("gatherwell-*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`gatherwell` in an environment that knows the wheel, and of this one only the dependencies."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / Path(sys.executable).name
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--python", python)
    run(*pip, "install", "--no-deps", wheel)
    purelib = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    # A path in a .pth file is searched last, and its own .pth files (this clone's among them) are not followed.
    (Path(purelib) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    where = run(python, "-c", "import generator; print(generator.__file__)", cwd=folder).strip()
    assert Path(where).is_relative_to(purelib)
    return scripts / "gatherwell"


def test_wheel_carries_themes_elements_contract_and_licence(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for theme in (ROOT / "themes").iterdir():
        assert f"generator/bundled/themes/{theme.name}/theme.yaml" in names
    assert {"widgets/elements/loader.js", "widgets/contract/manifest.schema.json"} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "content/", "site/"))]


def test_wheel_carries_what_init_writes_and_the_host_files(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (
        ("deploy", "generator/bundled/deploy"),
        ("generator/cli/community/project", "generator/cli/community/project"),
        ("generator/cli/community/texts", "generator/cli/community/texts"),
    ):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        assert files
        assert {f"{inside}/{path.relative_to(ROOT / folder).as_posix()}" for path in files} <= names
    assert "generator/bundled/content/_crisis.yaml" in names


def test_wheel_exposes_two_packages_and_no_more(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"generator", "widgets"}


def test_plain_wheel_needs_nothing_of_the_function(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    text = archive.read(metadata).decode()
    plain = re.findall(r"^Requires-Dist: ([\w-]+)(?!.*extra ==).*$", text, re.MULTILINE)
    assert {"click", "starlette", "uvicorn"} <= set(plain)
    assert {"altcha", "python-multipart", "uvloop", "httptools", "boto3", "mangum", "webauthn"}.isdisjoint(
        plain
    )
    assert re.findall(r"^Project-URL: (\w+),", text, re.MULTILINE) == [
        *("Homepage", "Documentation", "Repository", "Changelog", "Issues"),
    ]


@pytest.fixture(scope="module")
def source_archive(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in the source archive, without its first folder."""
    folder = tmp_path_factory.mktemp("sdist")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "install", "--target", folder / "tools", "hatchling")
    make = f"import os, sys; sys.path.insert(0, {str(folder / 'tools')!r}); os.chdir({str(ROOT)!r}); "
    make += f"from hatchling.build import build_sdist; build_sdist({str(folder)!r})"
    run(sys.executable, "-c", make)
    (built,) = folder.glob("gatherwell-*.tar.gz")
    with tarfile.open(built) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


@pytest.mark.parametrize(
    "path",
    [
        *("README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "constraints.txt"),
        *(
            "deploy/aws/template.yaml",
            "deploy/single-machine/Caddyfile",
            "docs/quick-start.md",
            "gatherwell.yaml",
        ),
        *("content/_crisis.yaml", "tests/test_wheel.py", "benchmarks/README.md", "docs/pictures/hub.png"),
        *(
            "themes/commons/theme.yaml",
            ".github/workflows/tests.yml",
            "generator/cli/community/project/gitignore",
        ),
    ],
)
def test_source_archive_holds_all_that_the_repository_does(source_archive: set[str], path: str) -> None:
    assert path in source_archive


def test_source_archive_holds_nothing_that_was_made(source_archive: set[str]) -> None:
    made = (".venv", ".gatherwell", "site/", "dist/", "screenshots/", "benchmarks/work/")
    assert [name for name in source_archive if name.startswith(made) or "__pycache__" in name] == []


def test_wheel_installed_elsewhere_builds_one_article(command: Path, site: TinySite) -> None:
    site.put("gatherwell.yaml", "title: Tiny\nbase_url: https://tiny.example/\nsearch: false\n")
    site.article("migraine/a.md", "It works alone.")
    told = run(command, "build", "--json", "--root", site.root, cwd=site.root)
    assert '"rendered": ' in told
    assert "It works alone." in site.text("migraine/a/index.html")
    assert list((site.out / "assets").glob("site.*.css"))
    assert list((site.out / "assets").glob("elements.*/loader.js"))


def test_wheel_begins_a_project_that_builds(command: Path, tmp_path: Path) -> None:
    run(command, "init", "fresh", cwd=tmp_path)
    run(command, "build", "--no-search", "--root", "fresh", cwd=tmp_path)
    assert (tmp_path / "fresh/site/our-condition/what-it-is/index.html").is_file()
