"""Gatherwell's generator: Markdown by condition becomes static sites."""

__version__ = "0.1.0"
