"""A preview as a process of its own, and pages of a real Chromium that look at it."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

_ADDRESS = re.compile(r"(http://\S+)")


class RunningPreview:
    """`gatherwell serve` on *root*; *port* 0 takes any free one; *files* bounds how many it may hold open."""

    def __init__(self, root: Path, *options: str, port: int = 0, files: int = 0, **environment: str) -> None:
        command = [
            sys.executable,
            "-m",
            "generator.cli",
            "serve",
            "--root",
            str(root),
            "--port",
            str(port),
            "--jobs",
            "1",
        ]
        command += options
        if files:
            command = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh", *command]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1", **environment},
        )
        self.said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.url = self._until((" at http", "they are shown at"))

    @property
    def port(self) -> int:
        return int(self.url.split(":")[2].split("/")[0])

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            self._lines.put(line)
        self._lines.put("")

    def _until(self, words: tuple[str, ...]) -> str:
        while True:
            line = self._lines.get(timeout=120)
            assert line, "the preview ended: " + "".join(self.said)
            if any(each in line for each in words):
                found = _ADDRESS.search(line)
                assert found is not None
                return found[1]

    def wait_for_line(self, words: str) -> str:
        """A line of the terminal that holds *words*, said already or soon."""
        for line in self.said:
            if words in line:
                return line
        while True:
            line = self._lines.get(timeout=120)
            assert line, f"{words!r} was never said: " + "".join(self.said)
            if words in line:
                return line

    def stop(self) -> int:
        """End it as Ctrl-C does; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)
