"""The search index, made when somebody searches: it would cost seconds at each save, and nobody waits for it otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.cache import CacheDamaged
from generator.preview.printer import Printed
from generator.preview.proof import Proof
from generator.search.outputs import index_prefix, make_indexes
from generator.text import digest
from generator.write import TEMPORARY, Output

_ENTRY = "pagefind.js"


class SearchIndex:
    """Lives in a lane of its own; *folder* is the preview's, emptied each time."""

    def __init__(self, folder: Path, body_file: Path) -> None:
        self._folder = folder
        self._body_file = body_file
        self._version = -1
        self._files: dict[str, Path] = {}

    def output(self, proof: Proof, version: int, output_path: str) -> Printed | None:
        """A file of the index; asking for its entry makes it anew where the site has changed."""
        if self._version != version and output_path.endswith(_ENTRY):
            self._make(proof)
            self._version = version
        file = self._files.get(output_path)
        if file is None:
            return None
        content = file.read_bytes()
        return Printed(content, digest(content))

    def _make(self, proof: Proof) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._files = {}
        output = Output(self._folder, "", {})
        output.temporaries.mkdir(parents=True)
        try:
            made = make_indexes(proof.material, proof.options.only, self._body_file, output)
        except CacheDamaged:
            return  # the next page asked for mends the cache
        self._files = {
            fresh.output_path: self._folder / TEMPORARY / fresh.output_path for fresh in made.fresh
        }


def is_index_path(proof: Proof, output_path: str) -> bool:
    return any(output_path.startswith(index_prefix(root)) for root in proof.site.permalinks.roots)
