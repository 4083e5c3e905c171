"""Images beside articles: found, judged, made small in modern formats, given fingerprinted names."""

from generator.images.files import RASTER_SUFFIXES, SUFFIXES, ImageCopy, ImageFile, ImageSet, Use
from generator.images.reading import read_images

__all__ = ["RASTER_SUFFIXES", "SUFFIXES", "ImageCopy", "ImageFile", "ImageSet", "Use", "read_images"]
