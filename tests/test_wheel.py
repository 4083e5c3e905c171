"""The wheel works alone: built from the clone, installed elsewhere, it builds a site with its theme and elements."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
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
    assert (tmp_path / "fresh/site/our-condition/first-steps/index.html").is_file()
