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

    def staff_author(self, condition: str, staff: str) -> str:
        """Who of staff answers at the desk."""
        return self.author(condition, f"staff {staff}")

    def respondent(self, survey: str, version: int, device: str) -> str:
        """Who answers a survey: another hash than a voter's, also where a poll has the same id."""
        return self._hash("respondent", survey, str(version), device)

    def receipt(self, survey: str, version: int, device: str, salt: str) -> bytes:
        """The 64 bits of a response's receipt: for this response alone, and made again from the salt in its row."""
        return bytes.fromhex(self._hash("receipt", survey, str(version), device, salt))[:8]

    def receipt_hash(self, receipt: bytes) -> str:
        return self._hash("receipt-hash", receipt.hex())

    def teller(self, kind: str, condition: str, device: str) -> str:
        """Who tells stories, or asks questions, of a condition: another hash than that of comments there."""
        return self._hash("teller", kind, condition, device)

    def voice_receipt(self, id_: str, device: str) -> bytes:
        """The 64 bits of the receipt of a story or question, made again from its id."""
        return bytes.fromhex(self._hash("voice-receipt", id_, device))[:8]

    def news_number(self, token: str) -> bytes:
        """The 128 bits that stand for a device's number of news wherever that is not needed itself."""
        return bytes.fromhex(self._hash("news", token))

    def watcher(self, kind: str, condition: str, number: bytes) -> str:
        """Who asked to be told about posts of a kind (comment, story, question) in a condition: another hash for each."""
        return self._hash("watcher", kind, condition, number.hex())

    def news_feed(self, token: str) -> str:
        """Under which a private feed lies; `token` is that of its address."""
        return self._hash("news-feed", token)

    def sealed(self, token: str, number: bytes) -> bytes:
        """The number under a key made of a feed's token, or, of a sealed one, the number again: the row of a feed alone leads
        to no watcher. One token seals one number."""
        key = bytes.fromhex(self._hash("news-seal", token))
        return bytes(one ^ other for one, other in zip(number, key, strict=True))

    def news_entry(self, token: str, day: str) -> str:
        """What a feed calls its entry of a day, or itself where there is no day."""
        return self._hash("news-entry", token, day)

    def free_text(self, survey: str, question: str, receipt: bytes) -> str:
        """Under which a free text lies, so that its receipt finds it and no row leads to it."""
        return self._hash("free-text", survey, question, receipt.hex())

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
