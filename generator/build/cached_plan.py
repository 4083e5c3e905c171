"""The plan of the last build as the cache recorded it, for comparing the next one with it."""

from __future__ import annotations

from generator.bodies.keys import body_key
from generator.bodies.render import BodyInfo, decode_body_info
from generator.build.inputs import Inputs
from generator.build.last_build import LastBuild
from generator.content.front_matter.parse import Parsed
from generator.content.read import Document, document_key, document_salt
from generator.disk.cache import Cache, decode_cached
from generator.ground.errors import Problem


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
