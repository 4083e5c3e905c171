"""Owns the servers under measurement: ours and Isso, each as its documentation advises, with limits and
proofs off."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ORIGIN = "https://example.org"
HOT = "bench~hot"
THREADS = 100
ISSO = "isso==0.14.0"
GUNICORN = "gunicorn==27.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_manifest(path: Path, comments: str = "post", threads: int = THREADS) -> None:
    """A hundred pages, each with a poll and a thread; a hot poll; threads of 20 and of 1,000 comments to be
    filled. `comments` is the policy. Of another number of `threads` there are these alone, and no poll."""
    names = ["hot", "t20", "t1000", *(f"page-{n}" for n in range(THREADS))] if threads == THREADS else []
    page = {"en": "/bench/"}
    options = [{"key": key, "label": key.title()} for key in ("often", "sometimes", "never")]
    poll = {
        "condition": "bench",
        "question": "How often?",
        "options": options,
        "multiple": False,
        "min": 1,
        "max": 1,
        "version": 1,
        "closes": None,
        "results": "always",
        "sensitive": False,
        "pages": page,
    }
    thread = {
        "condition": "bench",
        "title": "Bench",
        "comments": "open",
        "reactions": ["me-too", "helpful"],
        "pages": page,
    }
    manifest = {
        "version": 1,
        "generated_by": "bench",
        "origins": [ORIGIN],
        "default_language": "en",
        "languages": ["en"],
        "conditions": {
            "bench": {"title": "Bench", "origin": ORIGIN, "url_path": "/bench/", "comments": comments}
        },
        "polls": {f"bench~{name}": poll for name in names},
        "threads": {f"bench~{name}": thread for name in names or [f"page-{n}" for n in range(threads)]},
    }
    path.write_text(json.dumps(manifest), encoding="utf-8")


@contextmanager
def running(command: list[str], ready: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(ready)
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(url: str) -> None:
    for _ in range(1_200):  # a minute: a machine may be busy with other things
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except urllib.error.HTTPError:
            return  # it answers: an empty thread is a 404 for Isso
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{url} did not come up.")


@contextmanager
def ours(
    folder: Path, workers: int, *, guarded: bool = False, threads: int = THREADS
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """SQLite with synchronous=FULL in `folder`; no limits, no proof of work, every comment published at
    once. `guarded`: as communities run it, all three on, behind a proxy on this machine."""
    port = free_port()
    manifest = folder / "manifest.json"
    write_manifest(manifest, "first" if guarded else "post", threads)
    script = (
        "import sys; from widgets.adapters.commands import serve\n"
        "guarded = sys.argv[6] == 'guarded'\n"
        "serve(manifest=sys.argv[1], store=sys.argv[2], secret_file=sys.argv[3], port=int(sys.argv[4]),"
        " workers=int(sys.argv[5]), limits=guarded, proof=guarded, access_log=False,"
        " trusted_proxies=('127.0.0.1',) if guarded else ())"
    )
    arguments = [str(manifest), f"sqlite:{folder / 'store.sqlite'}", str(folder / "secret")]
    command = [
        sys.executable,
        "-c",
        script,
        *arguments,
        str(port),
        str(workers),
        "guarded" if guarded else "open",
    ]
    url = f"http://127.0.0.1:{port}"
    with running(command, f"{url}/api/v1/healthz") as process:
        yield process, url


@contextmanager
def isso(folder: Path, work: Path, workers: int) -> Iterator[str]:
    """Isso under gunicorn, its guard (rate limits) and moderation off, its own SQLite settings."""
    python = work / "isso" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(work / "isso")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", ISSO, GUNICORN], check=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = folder / "isso.cfg"
    settings.write_text(
        f"[general]\ndbpath = {folder / 'isso.db'}\nhost = {ORIGIN}\nlog-file =\n"
        f"[guard]\nenabled = false\n[moderation]\nenabled = false\n[server]\nlisten = {url}\n",
        encoding="utf-8",
    )
    command = [
        str(python),
        "-m",
        "gunicorn",
        "-b",
        f"127.0.0.1:{port}",
        "-w",
        str(workers),
        "--preload",
        "isso.run",
    ]
    with running(command, f"{url}/?uri=%2Fempty%2F", ISSO_SETTINGS=str(settings)):
        yield url


def post(url: str, document: Any, **headers: str) -> Any:
    sent = {"Content-Type": "application/json", "Origin": ORIGIN}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, json.dumps(document).encode(), sent)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


def fresh(work: Path, name: str) -> Path:
    folder = work / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
