"""Owns who is who: device keys never reach the store, only hashes of them without a common attribute."""

from __future__ import annotations

import hmac
import re
from typing import Final

DEVICE_KEY: Final = re.compile(r"[0-9a-f]{32}")
IDEMPOTENCY_KEY: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Keys:
    """Keyed hashes under the function's secret, 128 bits as 32 hexadecimal digits."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def voter(self, poll: str, version: int, device: str) -> str:
        return self._hash("voter", poll, str(version), device)

    def person(self, kind: str, thread: str, device: str) -> str:
        """Who reacts or flags: another for each thread and for each of the two."""
        return self._hash("person", kind, thread, device)

    def author(self, condition: str, device: str) -> str:
        """Who comments: one per condition, since the pseudonym links those already."""
        return self._hash("author", condition, device)

    def once(self, route: str, who: str, key: str) -> str:
        return self._hash("once", route, who, key)

    def digest(self, *parts: str) -> str:
        return self._hash("digest", *parts)

    def proof_secret(self, purpose: str) -> str:
        return self._hash("proof", purpose)

    def _hash(self, *parts: str) -> str:
        return keyed(self._secret, *parts)


def keyed(secret: bytes, *parts: str) -> str:
    """HMAC-SHA-256 over the parts, each with its length, so that no two lists of parts read alike."""
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    message = b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
    return hmac.digest(secret, message, "sha256")[:16].hex()
