"""Themes: a theme's folder and those of its parents, read as one frozen value that is sent to the workers."""

from generator.theme.reading import read_theme
from generator.theme.types import AssetFile, Theme

__all__ = ["AssetFile", "Theme", "read_theme"]
