"""A build that is killed leaves each file old or new, and the next one completes it; two builds at once take turns."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.disk.lock import build_lock
from tests.sites import NOW, TinySite

CONTENT = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
search: false
cards: "off"
== content/migraine/_index.md
---
title: Migraine
---
Welcome.
== content/migraine/a.md
---
title: Article A
topics: [sleep]
---
Text of A.
== content/migraine/gone.md
---
title: Going
---
Text.
"""

# Ends the process, as `kill -9` would, at the n-th step of the named kind.
KILLED = """
import datetime, os, pathlib, sys
from generator.build.pipeline import build
from generator.disk import write
from generator.disk.cache import Cache
from generator.ground.project import Options, Project

owner, name, moment, root = sys.argv[1:]
owner = {"os": os, "Path": pathlib.Path, "Cache": Cache, "write": write}[owner]
real, steps = getattr(owner, name), iter(range(1, 1 << 30))

def step(*arguments, **named):
    if next(steps) == int(moment):
        os._exit(9)
    return real(*arguments, **named)

setattr(owner, name, step)
root = pathlib.Path(root)
now = datetime.datetime.fromisoformat("2026-06-01T12:00:00+00:00")
build(Project(root, root / "site"), Options(now=now, jobs=1), lambda text: None)
"""
MOMENTS = [
    ("write", "_write", 1),
    ("Cache", "claim", 1),
    ("os", "replace", 1),
    ("os", "replace", 9),
    ("os", "rename", 1),
    ("Path", "unlink", 1),
    ("Cache", "record", 1),
]


@pytest.mark.parametrize(("owner", "name", "moment"), MOMENTS, ids=["-".join(map(str, m)) for m in MOMENTS])
def test_killed_build_leaves_each_file_old_or_new(
    site: TinySite, tmp_path: Path, owner: str, name: str, moment: int
) -> None:
    site.write(CONTENT).build()
    old = site.outputs()
    site.replace("gatherwell.yaml", "https://tiny.example/", "https://other.example/")
    site.delete("content/migraine/gone.md")
    site.article("migraine/new.md", topics="[work]")
    new = site.clean_outputs(tmp_path / "clean", now=NOW)

    arguments = [sys.executable, "-c", KILLED, owner, name, str(moment), str(site.root)]
    killed = subprocess.run(
        arguments, capture_output=True, text=True, cwd=Path(__file__).parents[3], check=False
    )

    assert killed.returncode == 9, killed.stderr
    for path, content in site.outputs().items():
        if not path.startswith(".gatherwell-"):
            assert content in (old.get(path), new.get(path)), path
    site.build()
    assert site.outputs() == new


def test_second_build_waits_says_so_and_completes(site: TinySite, tmp_path: Path) -> None:
    site.write(CONTENT)
    arguments = [sys.executable, "-m", "generator.cli", "build", "--root", str(site.root)]
    arguments += ["--jobs", "1", "--now", "2026-06-01T12:00Z"]
    with build_lock(site.root / ".gatherwell", lambda: None):
        waiting = subprocess.Popen(arguments, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        assert waiting.stderr is not None
        assert waiting.stderr.readline() == "another build is at work here; waiting for it\n"
        assert not site.out.exists()
    waiting.communicate()
    assert waiting.returncode == 0
    assert (site.out / "migraine/a/index.html").is_file()


def test_two_builds_at_once_leave_what_one_would(site: TinySite) -> None:
    site.write(CONTENT)
    arguments = [sys.executable, "-m", "generator.cli", "build", "--root", str(site.root)]
    arguments += ["--jobs", "1", "--now", "2026-06-01T12:00Z"]
    both = [
        subprocess.Popen(arguments, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) for _ in range(2)
    ]
    assert [one.wait() for one in both] == [0, 0]
    found = site.outputs()
    subprocess.run([*arguments, "--clean"], capture_output=True, check=True)
    assert site.outputs() == found
