"""Commands in README, docs, workflows and generated files: each exists, and none installs by a bare name."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from generator import __version__
from generator.cli import cli

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").rglob("*")])
SHOWN = [
    *DOCUMENTS,
    *sorted((ROOT / ".github").rglob("*.yml")),
    *sorted((ROOT / "generator/cli/community").rglob("*")),
    ROOT / "Makefile",
]
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(
    r"^(?:sudo -u \S+ )?(?:(?:\.\./)?\.venv/bin/|/opt/gatherwell/\.venv/bin/)?gatherwell (?P<rest>[a-z].*)$"
)
# Programs of others that documents may name, beside our own and those of the shell.
PROGRAMS = {
    *(
        "aws",
        "cd",
        "chown",
        "cp",
        "curl",
        "docker",
        "eval",
        "export",
        "git",
        "make",
        "mv",
        "netlify",
        "openssl",
    ),
    *("pip", "printf", "python", "python3", "sed", "sudo", "systemctl", "useradd", "wrangler"),
}
# `gatherwell` as a requirement by its name alone, perhaps with extras or a version; not a path, not `name @ address`.
BARE = re.compile(
    r"\b(?:pip3?|pipx|uv tool|uv pip)\s+(?:install|run)\b[^\n`&;]*?(?<![\w./\-])gatherwell(?:\[[\w,\-]+\])?(?![\w./\-])(?!\S*\s*@\s)"
)
PRINTED = {"CHANGELOG.md", "docs/reference/commands.md"}  # the latter is made from the commands


def texts(paths: list[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        if path.is_file() and path.suffix not in (".pyc",) and "__pycache__" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


# --- installing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("pip install gatherwell", True),
        ("pip install gatherwell==0.1.0", True),
        ("python -m pip install 'gatherwell[function]>=1'", True),
        ("pipx install gatherwell", True),
        ("uv tool install --python 3.13 gatherwell", True),
        ("pip install -c constraints.txt gatherwell", True),
        ("pip install './gatherwell-0.1.0-py3-none-any.whl[function]'", False),
        ("pip install dist/gatherwell-0.1.0-py3-none-any.whl", False),
        ("pip install 'gatherwell[function] @ git+https://git.example/g.git@0123'", False),
        ("/opt/gatherwell/.venv/bin/python -m pip install -r requirements.txt", False),
        ("pip install -e '.[function]'", False),
        ("pip install -r requirements.txt && gatherwell build", False),
        ("`pip install -r requirements.txt` and `gatherwell build`", False),
    ],
)
def test_a_bare_install_is_told_from_one_by_file_or_hash(line: str, bare: bool) -> None:
    assert bool(BARE.search(line)) == bare


def test_nothing_installs_gatherwell_by_its_name_alone() -> None:
    found = [f"{path}: {match[0]}" for path, text in texts(SHOWN) for match in BARE.finditer(text)]
    assert found == []


def test_readme_begins_with_installing() -> None:
    first = re.findall(r"^## (.*)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)[0]
    assert first == "Install"


@pytest.mark.parametrize("path", ["README.md", "docs/quick-start.md"])
def test_the_wheel_is_installed_from_where_the_line_before_makes_it(path: str) -> None:
    block = re.findall(r"^```sh\n(.*?)^```", (ROOT / path).read_text("utf-8"), re.DOTALL | re.MULTILINE)[0]
    make, install = (
        next(line for line in block.splitlines() if words in line) for words in (" wheel ", " install ")
    )
    assert block.index(make) < block.index(install)
    made = Path(shlex.split(make)[shlex.split(make).index("--wheel-dir") + 1])
    wheel = Path(shlex.split(install)[-1].removesuffix("[function]"))
    assert wheel == made / f"gatherwell-{__version__}-py3-none-any.whl"
    assert shlex.split(make)[0] == shlex.split(install)[0] == ".venv/bin/python"


@pytest.mark.parametrize("path", ["README.md", "docs/quick-start.md"])
def test_extras_that_are_named_exist(path: str) -> None:
    named = set(re.findall(r"`\[([a-z]+)\]`", (ROOT / path).read_text("utf-8")))
    assert named == {"function", "desk", "aws"} <= set(PROJECT["optional-dependencies"])


# --- commands -------------------------------------------------------------------------------------


def documented() -> Iterator[tuple[str, str]]:
    """Every command line of ours that a document shows, with its document."""
    for path, text in texts(DOCUMENTS):
        if path in PRINTED:
            continue
        blocks = [line.strip() for block in FENCE.findall(text) for line in block.splitlines()]
        spans = INLINE.findall(FENCE.sub("", text))
        for line in (*blocks, *spans, *re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)):
            plain = re.sub(r"^(?:- )?(?:run: )?(?:\$ )?", "", line)
            found = COMMAND.match(re.split(r"\s+#\s|\s[>|]\s", plain)[0])
            if found:
                yield path, found["rest"]


def test_every_line_of_a_shell_begins_with_a_program_that_is_known() -> None:
    """So that a slip of the pen in a block that people paste is seen."""
    found = {
        f"{path}: {line}"
        for path, text in texts(DOCUMENTS)
        for block in re.findall(r"^ *```sh\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
        for line in block.splitlines()
        if line.strip()
        and shlex.split(line, comments=True)[0].rpartition("/")[2] not in PROGRAMS | {"gatherwell"}
    }
    assert found == set()


def fault_of(rest: str) -> str:
    """What is wrong with a command line of ours; empty where all its commands and options exist."""
    words = shlex.split(rest.replace("\\", " "))
    command: click.Command = cli
    for word in words:
        if word.startswith("-") and word not in ("-", "--"):
            name = word.split("=")[0]
            known = {option for parameter in command.params for option in parameter.opts}
            if name not in known | {"--help", "-h", "--version"} and not name.startswith("--…"):
                return f"no option {name}"
        elif isinstance(command, click.Group):
            if "|" in word or word in ("…", "..."):
                return ""
            found = command.get_command(click.Context(command), word)
            if found is None:
                return f"no command {word}"
            command = found
    return ""


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("build --now 2026-12-24", ""),
        ("desk invite Mo --role moderator", ""),
        ("bild", "no command bild"),
        ("desk invit Mo", "no command invit"),
        ("build --nwo 2026", "no option --nwo"),
    ],
)
def test_a_command_that_does_not_exist_is_found(line: str, fault: str) -> None:
    assert fault_of(line) == fault


def test_every_command_in_the_documents_exists() -> None:
    shown = list(documented())
    assert len(shown) > 60
    assert {f"{path}: {line}: {fault}" for path, line in shown if (fault := fault_of(line))} == set()


def test_every_make_target_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {name for _, text in texts(DOCUMENTS) for name in re.findall(r"`make ([a-z-]+)`", text)}
    assert named - targets == set()


def test_serving_from_a_clone_installs_what_serving_needs_and_says_so() -> None:
    told = subprocess.run(
        ["make", "--dry-run", "--always-make", "serve"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "1 of 2" in told
    assert "-e '.[function,desk]'" in told
    assert ".[test" not in told


# --- workflows ------------------------------------------------------------------------------------


def workflow(name: str) -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load((ROOT / ".github/workflows" / name).read_text("utf-8"))
    return found


def test_every_python_that_is_supported_is_tried() -> None:
    declared = {line.rpartition(" ")[2] for line in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", line)}
    matrix = workflow("tests.yml")["jobs"]["test"]["strategy"]["matrix"]  # type: ignore[index]
    assert set(matrix["python"]) == declared == {"3.11", "3.12", "3.13", "3.14"}
    assert {each["system"] for each in matrix["include"]} == {"windows-latest", "macos-latest"}


def test_a_release_goes_to_no_index() -> None:
    text = (ROOT / ".github/workflows/release.yml").read_text("utf-8")
    assert not re.search(r"twine|pypi|uv publish", text)
    assert workflow("release.yml")["jobs"]


def test_project_says_where_it_lives() -> None:
    assert {"Homepage", "Documentation", "Repository", "Changelog", "Issues"} == set(PROJECT["urls"])
