"""What changed since the last build, where that is little: texts alone, which no page but their own can show."""

from __future__ import annotations

from collections.abc import Mapping

from generator.bodies import Digest, body_key, decode_digest
from generator.cache import Cache, decode_cached
from generator.front_matter import Parsed
from generator.inputs import Inputs
from generator.read import document_key, document_salt
from generator.stages import Organized
from generator.state import State

# Beyond so many edits at once, comparing costs as much as making all views.
_FEW = 200


def changed_texts(
    state: State, inputs: Inputs, organized: Organized, bodies: Mapping[str, Digest], cache: Cache
) -> set[str] | None:
    """The documents whose text alone changed since *state*, where nothing else did; None where anything else may have.

    Then only the pages that hold these bodies can differ: no view of another page sees more of a body than its face.
    """
    known = {path: seen.digest for path, seen in cache.seen_sources().items()}
    if set(known) != set(state.sources):
        return None
    changed = {path for path, content in known.items() if state.sources[path] != content}
    if len(changed) > _FEW or not all(path in organized.documents for path in changed):
        return None
    salt = document_salt(inputs.config)
    for path in changed:
        document = organized.documents[path]
        key = document_key(state.sources[path], document.kind, salt)
        payload = cache.get("documents", [key]).get(key)
        before = decode_cached(payload, Parsed) if payload else None
        if before is None or before.matter != document.parsed.matter:
            return None
        old_key = body_key(before.body_digest, document.language, inputs.config.markdown_options)
        payload = cache.get("facts", [old_key]).get(old_key)
        if payload is None or decode_digest(payload).face != bodies[path].face:
            return None
    return changed
