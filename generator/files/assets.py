"""Assets: files that are copied unchanged below each site root, of the theme, the elements, images and attachments."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.disk.cache import CacheDamaged
from generator.disk.names import on_disk
from generator.files.attachments import Attachment
from generator.files.cards import Card, read_card
from generator.files.images import ImageFile
from generator.ground.text import digest
from generator.site.permalinks import Root
from generator.theme.types import AssetFile


class Asset(NamedTuple):
    """An output with known bytes, in *content* or in the file *source*, and their *digest*.

    *made* says that the generator wrote *source* itself. A *card* is drawn when it is read; then *source* is the
    project's root and *digest* the card's key.
    """

    output_path: str
    origin: str
    digest: str
    content: bytes = b""
    source: str = ""
    made: bool = False
    card: Card | None = None

    def read(self) -> bytes:
        """The bytes; raises CacheDamaged where a file that the generator made has other bytes now."""
        if self.card is not None:
            return read_card(Path(self.source), self.card)
        if not self.source:
            return self.content
        content = Path(on_disk(self.source)).read_bytes()
        if self.made and digest(content) != self.digest:
            raise CacheDamaged(f"{Path(self.source).name} is not as it was made")
        return content


def plan_assets(
    root_dir: Path,
    root: Root,
    theme_files: Sequence[tuple[AssetFile, str]],
    images: Mapping[str, ImageFile],
    attachments: Mapping[str, Attachment],
    needed: Container[str] | None,
) -> Iterator[Asset]:
    """The assets of one root: *theme_files*, each with its digest, and the images and attachments whose source paths are
    *needed*; None means all of them.
    """
    for file, file_digest in theme_files:
        yield Asset(root.output_path(file.output_path), "the theme", file_digest, file.content)
    for attachment in attachments.values():
        if needed is None or attachment.source_path in needed:
            source = str(root_dir / attachment.source_path)
            yield Asset(
                root.output_path(attachment.output_path),
                attachment.source_path,
                attachment.digest,
                b"",
                source,
            )
    for image in images.values():
        if needed is None or image.source_path in needed:
            for copy in image.copies:
                source, made = str(root_dir / copy.path), copy.path != image.source_path
                yield Asset(
                    root.output_path(copy.output_path), image.source_path, copy.digest, b"", source, made
                )
