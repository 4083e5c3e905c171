"""Themes: a chain of folders read into one frozen value that reaches the pages' workers."""

from generator.theme.reading import read_theme
from generator.theme.words import AssetFile, Theme

__all__ = ["AssetFile", "Theme", "read_theme"]
