"""``kill -9`` at random moments of a build, and what stands in the output folder then and after the next build.

``python -m benchmarks.kills`` copies a corpus that has two states (new texts, a new address on every page, articles that
come, go and move) and builds from one to the other, killing every process of the build at a random moment. After each kill
every file must be whole: as it was before, or as it will be. The next build must end equal to a clean one. One kill in
five strikes the building of an empty folder.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.corpus import write_corpus
from benchmarks.dialects import DIALECTS
from benchmarks.portfolio import DEFAULT_SEED, CorpusPlan

WORK = Path(__file__).parent / "work"
_ADDRESSES = ("https://one.example/", "https://two.example/")


def start(root: Path) -> subprocess.Popen[bytes]:
    """A build of *root* in a process group of its own."""
    run = "from generator.cli import run; run()"
    command = [sys.executable, "-c", run, "build", "--root", str(root), "--no-search", "--json"]
    return subprocess.Popen(
        [*command, "--now", "2026-12-15T12:00:00Z"], stdout=subprocess.PIPE, start_new_session=True
    )


def build(root: Path) -> float:
    """Seconds that a whole build takes; raises CalledProcessError where it fails."""
    began = time.perf_counter()
    process = start(root)
    process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return time.perf_counter() - began


def digests(out: Path) -> dict[str, str]:
    """The digest of every published file; what waits to be renamed is nobody's page yet."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and not path.relative_to(out).parts[0].startswith(".")
    }


def change(root: Path, state: int) -> None:
    """Bring the content of *root* into one of its two states."""
    config = root / "gatherwell.yaml"
    text = config.read_text("utf-8")
    config.write_text(
        text.replace(f"base_url: {_ADDRESSES[1 - state]}", f"base_url: {_ADDRESSES[state]}"), "utf-8"
    )
    condition = next(path for path in sorted((root / "content").iterdir()) if path.name[0] != "_")
    for number, there in enumerate((state == 0, state == 1)):
        article = condition / f"comes-and-goes-{number}.md"
        article.unlink(missing_ok=True)
        if there:
            article.write_text("---\ntitle: Comes and goes\ndate: 2026-01-01\n---\nSome words.\n", "utf-8")
    stays = condition / "stays.md"
    stays.write_text(f"---\ntitle: Stays\nslug: moved-{state}\n---\nText number {state}.\n", "utf-8")


def torn(found: Mapping[str, str], *whole: Mapping[str, str]) -> list[str]:
    """Files that are as none of the *whole* outputs has them."""
    return [path for path, digest in found.items() if all(state.get(path) != digest for state in whole)]


def killed(root: Path, after: float) -> bool:
    """Start a build and kill all of its processes *after* so many seconds; False where it had ended by then."""
    process = start(root)
    try:
        process.communicate(timeout=after)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return True


def make_root(articles: int) -> Path:
    root = WORK / f"kills-{articles}"
    shutil.rmtree(root, ignore_errors=True)
    plan = CorpusPlan(articles=articles, conditions=2, words=800, images=0.0, seed=DEFAULT_SEED)
    write_corpus(plan, root, [dialect for dialect in DIALECTS if dialect.name == "gatherwell"])
    root = root / "gatherwell"
    config = root / "gatherwell.yaml"
    lines = config.read_text("utf-8").splitlines()
    lines = [f"base_url: {_ADDRESSES[1]}" if line.startswith("base_url:") else line for line in lines]
    config.write_text("\n".join(lines) + "\n", "utf-8")
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    chance = random.Random(given.seed)
    root = make_root(given.articles)
    out, cache = root / "site", root / ".gatherwell"
    clean: list[dict[str, str]] = []
    seconds = 0.0
    for state in (0, 1):
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(cache, ignore_errors=True)
        change(root, state)
        seconds = max(seconds, build(root))
        clean.append(digests(out))
    early, broken, unequal, state, kills = 0, 0, 0, 1, 0
    while kills < given.kills:
        state = 1 - state
        before = clean[1 - state]
        if kills % 5 == 4:
            shutil.rmtree(out)
            shutil.rmtree(cache)
            before = {}
        change(root, state)
        if not killed(root, chance.uniform(0.05, seconds * 1.1)):
            early += 1
            continue
        kills += 1
        broken += len(torn(digests(out) if out.exists() else {}, before, clean[state]))
        build(root)
        unequal += digests(out) != clean[state]
    print(f"{kills} kills in builds of up to {seconds:.1f} s ({early} builds had ended before): ", end="")
    print(f"{broken} torn files, {unequal} builds afterwards unlike a clean one")
    return 1 if broken or unequal else 0


if __name__ == "__main__":
    sys.exit(main())
