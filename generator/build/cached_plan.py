"""The plan of the last build as the cache recorded it, for comparing the next one with it."""

from __future__ import annotations

import functools

from generator.bodies.keys import body_key
from generator.bodies.render import BodyInfo, decode_body_info
from generator.build.inputs import Inputs
from generator.build.last_build import LastBuild
from generator.build.readers import Readers, decode_readers
from generator.content.front_matter.parse import Parsed
from generator.content.read import Document, document_key, document_salt
from generator.content.source_path import Naming, name_source
from generator.disk.cache import Cache, decode_cached
from generator.disk.content_tree import CONTENT_DIR
from generator.disk.names import is_markdown
from generator.ground.errors import Problem

# Names of what is gone stay among those that are noted. Beyond so many, all is made and noted anew.
_NAMES_EACH, _NAMES = 8, 1000


class CachedPlan:
    """What *last* knew of each document, looked up in the cache when asked for; an :class:`~generator.build.diff.Earlier`.

    *faultless*: a check that looked at everything found no error.
    """

    def __init__(self, last: LastBuild, inputs: Inputs, cache: Cache, faultless: bool = False) -> None:
        self.faultless = faultless
        self._last = last
        self._config = inputs.config
        self._salt = document_salt(inputs.config)
        self._cache = cache

    @property
    def findings(self) -> tuple[Problem, ...]:
        # Every stage reports anew what it finds; whose text it names may be another's then.
        staged = frozenset(self._last.staged)
        return tuple(warning for warning in self._last.warnings if warning not in staged)

    @functools.cached_property
    def readers(self) -> Readers | None:
        """What the outputs and checks of the last build looked up; None where it was a check, which notes nothing of outputs,
        and where most names are of what is gone.
        """
        if not bytes(self._last.readers):
            return None
        readers = decode_readers(self._last.readers)
        return readers if len(readers.names) <= _NAMES_EACH * len(self._last.sources) + _NAMES else None

    def changed_articles(self) -> frozenset[str] | None:
        """The sources that came, went or changed, where all of them are articles; None where any other is.

        Asks the cache as :meth:`changed` does.
        """
        known = {path: seen.digest for path, seen in self._cache.seen_sources().items()}
        before = self._last.sources
        changed = {path for path in known.keys() | before.keys() if known.get(path) != before.get(path)}
        return frozenset(changed) if all(map(self._is_article, changed)) else None

    def _is_article(self, path: str) -> bool:
        if not (is_markdown(path) and path.startswith(f"{CONTENT_DIR}/")):
            return False
        naming = name_source(path, self._config)
        return isinstance(naming, Naming) and naming.kind == "article"

    def changed(self) -> frozenset[str] | None:
        """The sources whose bytes changed; None where sources came or went.

        Asks the cache what was read: articles, images and attachments must have been read before.
        """
        known = {path: seen.digest for path, seen in self._cache.seen_sources().items()}
        before = self._last.sources
        if known.keys() != before.keys():
            return None
        return frozenset(path for path, content in known.items() if before[path] != content)

    def parsed(self, document: Document) -> Parsed | None:
        """What the file of *document* said."""
        key = document_key(self._last.sources[document.source_path], document.kind, self._salt)
        payload = self._cache.get("documents", [key]).get(key)
        return decode_cached(payload, Parsed) if payload else None

    def body(self, document: Document) -> BodyInfo | None:
        """The body that the file of *document* had."""
        parsed = self.parsed(document)
        if parsed is None:
            return None
        key = body_key(parsed.body_digest, document.language, self._config.markdown_options)
        payload = self._cache.get("facts", [key]).get(key)
        return decode_body_info(payload) if payload else None
