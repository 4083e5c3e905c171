"""`python -m generator.cli` is the `gatherwell` command."""

from generator.cli import run

run()
