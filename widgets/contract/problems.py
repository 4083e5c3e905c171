"""Owns problems (RFC 9457): each has a stable code from the contract, and none repeats what was sent."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from widgets import CONTRACT_DIR

TYPE_PREFIX: Final = "urn:gatherwell:problem:"


@cache
def codes() -> Mapping[str, Mapping[str, Any]]:
    """code → status, title, remedy, as `widgets/contract/codes.json` fixes them."""
    found: dict[str, dict[str, Any]] = json.loads((CONTRACT_DIR / "codes.json").read_text(encoding="utf-8"))
    return found


class Problem(Exception):
    """A refused request. `detail` is our own text and never holds input."""

    def __init__(
        self,
        code: str,
        detail: str | None = None,
        *,
        retry_after: int | None = None,
        found: Sequence[str] = (),
        places: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
        length: tuple[int, int] | None = None,
    ) -> None:
        """*length*: how many characters a text has that is too long, and how many it may have."""
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.retry_after = retry_after
        self.found = found
        self.places = places
        self.headers = dict(headers or {})
        self.length = length

    @property
    def status(self) -> int:
        return int(codes()[self.code]["status"])

    def document(self) -> dict[str, Any]:
        """The body of RFC 9457."""
        entry = codes()[self.code]
        document: dict[str, Any] = {
            "type": TYPE_PREFIX + self.code,
            "title": entry["title"],
            "status": self.status,
            "code": self.code,
            "remedy": entry["remedy"],
        }
        if self.length:
            document["length"], document["limit"] = self.length
        if self.detail:
            document["detail"] = self.detail
        if self.retry_after is not None:
            document["retry_after"] = self.retry_after
        if self.found:
            document["found"] = list(self.found)
        if self.places:
            document["places"] = list(self.places)
        return document


class ProofRequired(Problem):
    """Refused until the challenge that it brings is solved."""

    def __init__(self, challenge: Mapping[str, Any]) -> None:
        super().__init__("proof-required")
        self.challenge = challenge

    def document(self) -> dict[str, Any]:
        return {**super().document(), "challenge": self.challenge}
