"""Owns the guess that a text holds personal data, so that its writer is asked before it is public."""

from __future__ import annotations

import re
from typing import Final

_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
# Seven digits or more with the marks people put between them; plain years, doses and dates are shorter or
# differ.
_PHONE: Final = re.compile(r"(?<![\w.,/-])(?:\+|00)?\(?\d{1,4}\)?(?:[ \u00a0./-]?\d{2,5}){2,5}(?![\w/-])")
_DATE: Final = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")


def personal_data(text: str) -> tuple[str, ...]:
    """Kinds found, never the text: `email`, `phone`."""
    found = []
    if _EMAIL.search(text):
        found.append("email")
    for match in _PHONE.finditer(text):
        number = match.group()
        if sum(map(str.isdigit, number)) >= 8 and not _DATE.fullmatch(number.strip()):
            found.append("phone")
            break
    return tuple(found)
