"""Fixtures of the generator's tests."""

from __future__ import annotations

import pytest

from generator.cli import main
from tests.generator import command_line, refusals
from tests.generator.command_line import Ran, Run
from tests.sites import TinySite


@pytest.fixture
def built(site: TinySite) -> TinySite:
    """A site that was built once, so that every test can see what a refusal leaves behind."""
    site.write(refusals.GOOD).build()
    return site


@pytest.fixture
def run(site: TinySite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`gatherwell …` in the root of a small project."""
    site.write(command_line.GOOD)
    monkeypatch.chdir(site.root)

    def run_command(*arguments: str) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main([*arguments])
        told = capsys.readouterr()
        return Ran(int(stop.value.code or 0), told.out, told.err)

    return run_command
