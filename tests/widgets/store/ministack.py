"""Owns a MiniStack server for tests: a DynamoDB that takes many requests at once, on loopback and a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

_PYTHON = "GATHERWELL_MINISTACK"
_SECONDS = 60.0


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The server's address. Skips where `make ministack` has installed none."""
    default = Path(__file__).parents[3] / ".venv-ministack" / "bin" / "python"
    python = os.environ.get(_PYTHON, str(default))
    if not Path(python).exists():
        pytest.skip("no MiniStack here: `make ministack` installs it")
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "testing")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "testing")
    port = _free_port()
    environ = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "BIND_HOST": "127.0.0.1",  # by default it listens on every address
        "GATEWAY_PORT": str(port),
        "SERVICES": "dynamodb",
        "LOG_LEVEL": "WARNING",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [python, "-m", "ministack"],
            stdout=log,
            stderr=log,
            env=environ,
            cwd=folder,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _await(address, process, folder / "log")
        yield address
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(f"{address}/_ministack/health", timeout=2).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"MiniStack did not start: {log.read_text(errors='replace')[-500:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
