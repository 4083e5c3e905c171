"""Images beside articles: found, checked, scaled, converted to modern formats, named with fingerprints."""

from generator.files.images.files import (
    RASTER_SUFFIXES,
    SUFFIXES,
    ImageCopy,
    ImageFile,
    ImageSet,
    Use,
    WantedImage,
)
from generator.files.images.reading import read_images

__all__ = [
    "RASTER_SUFFIXES",
    "SUFFIXES",
    "ImageCopy",
    "ImageFile",
    "ImageSet",
    "Use",
    "WantedImage",
    "read_images",
]
