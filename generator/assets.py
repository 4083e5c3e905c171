"""Files that are copied as they are, below each site root: the theme's, the elements', images and attachments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.attachments import Attachment
from generator.cache import CacheDamaged
from generator.cards import Card, read_card
from generator.images import ImageFile
from generator.permalinks import Root
from generator.site import Site
from generator.text import digest
from generator.theme.words import Theme


class Asset(NamedTuple):
    """An output with known bytes: in *content*, or in the file *source*; *digest* names them.

    A *card* is drawn when it is wanted; its *source* is the project's root, its *digest* its key.
    """

    output_path: str
    origin: str
    digest: str
    content: bytes = b""
    source: str = ""
    made: bool = False
    card: Card | None = None

    def read(self) -> bytes:
        """The bytes; raises CacheDamaged where a file that was made is not what it was when it was made."""
        if self.card is not None:
            return read_card(Path(self.source), self.card)
        if not self.source:
            return self.content
        content = Path(self.source).read_bytes()
        if self.made and digest(content) != self.digest:
            raise CacheDamaged(f"{Path(self.source).name} is not as it was made")
        return content


def plan_assets(
    root_dir: Path,
    site: Site,
    theme: Theme,
    images: Mapping[str, ImageFile],
    attachments: Mapping[str, Attachment],
    only: Sequence[str] = (),
) -> Iterator[Asset]:
    """What each root needs to stand alone."""
    theme_files = [(file.output_path, digest(file.content), file.content) for file in theme.files]
    for root in site.permalinks.roots:
        if only and root.condition not in only:
            continue
        for output_path, content_digest, content in theme_files:
            yield Asset(root.output_path(output_path), "the theme", content_digest, content)
        folders = _folders(site, root)
        for file_ in attachments.values():
            if folders is None or file_.source_path.split("/", 2)[1] in folders:
                source = str(root_dir / file_.source_path)
                yield Asset(root.output_path(file_.output_path), file_.source_path, file_.digest, b"", source)
        for image in images.values():
            if folders is None or image.source_path.split("/", 2)[1] in folders:
                for copy in image.copies:
                    source, made = str(root_dir / copy.path), copy.path != image.source_path
                    yield Asset(
                        root.output_path(copy.output_path), image.source_path, copy.digest, b"", source, made
                    )


def _folders(site: Site, root: Root) -> set[str] | None:
    """The folders of ``content/`` whose files *root* shows; None means all."""
    if not root.condition:
        return None
    shown = {root.condition, "_people", "_pages"}
    for (condition, _), articles in site.listed.items():
        if condition == root.condition:
            shown.update(article.condition for article in articles)
    return shown
