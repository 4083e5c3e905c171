"""Owns the list of sources that were withdrawn, ``_retracted.yaml``, and how an article's source is found in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from generator.content.front_matter.parse import decode
from generator.content.front_matter.schema import SourceRef
from generator.disk.content_tree import CONTENT_DIR
from generator.ground.errors import Problem
from generator.schema.convert import Reader
from generator.schema.yaml_source import as_mapping, parse_yaml

RETRACTED = f"{CONTENT_DIR}/_retracted.yaml"
# ISO 26324: a prefix that begins with 10., a slash, and anything.
_DOI = re.compile(r"10\.\d{4,9}/\S+")
# Publishers' addresses hold it in their path or query, with what of the article is shown behind it.
_WITHIN = re.compile(r"[/=](10\.\d{4,9}/[^?#&\s]+)")
_VIEW = re.compile(
    r"(?:/(?:full(?:text)?|abstract|pdf(?:direct)?|epdf|html|meta|summary|references|download)"
    r"|\.(?:full|abstract|pdf|html?))+/?$|/$"
)
_BEFORE = re.compile(r"^(?:(?:https?://)?(?:(?:dx|www)\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
# What an address has behind its path; a sign of these in a DOI itself is written encoded there.
_BEHIND = re.compile(r"[?#].*", re.DOTALL)


def plain_doi(text: str) -> str:
    """A DOI as it is compared: without resolver and prefix, in lower case, since DOIs know no case."""
    text = text.strip()
    plain = _BEFORE.sub("", text)
    if plain != text and not text.lower().startswith("doi:"):
        plain = unquote(_BEHIND.sub("", plain))
    return plain.lower()


def doi_of(source: SourceRef) -> str:
    """The plain DOI of a source, given as such or as its address; empty where it has none."""
    if source.doi:
        return plain_doi(source.doi)
    return doi_in(source.url)


def doi_in(address: str) -> str:
    """The plain DOI in an address, of a resolver or of a publisher; empty where it holds none."""
    plain = plain_doi(address)
    if _DOI.fullmatch(plain):
        return plain
    found = _WITHIN.search(plain)
    return _VIEW.sub("", found[1]) if found else ""


def parse_retracted(raw: bytes) -> tuple[dict[str, str], list[Problem]]:
    """What happened to each source, by plain DOI: ``"10.1016/…": retracted by the journal on 2 February 2010``."""
    mapped = parse_yaml(decode(raw, RETRACTED), RETRACTED)
    reader = Reader(mapped, RETRACTED)
    found: dict[str, str] = {}
    for key, reason in dict(as_mapping(mapped, RETRACTED)).items():
        doi = plain_doi(str(key))
        if not _DOI.fullmatch(doi):
            reader.refuse((key,), f"'{key}' is not a DOI", 'write it as `"10.1000/xyz123": why`', of_key=True)
        elif not isinstance(reason, str) or not reason.strip():
            reader.refuse((key,), f"what happened to '{key}' is not said", "write it behind the colon, with the day")
        else:
            found[doi] = " ".join(reason.split())
    return found, reader.problems


def retraction_of(doi: str, retracted: Mapping[str, str]) -> str:
    """What happened to the source of a DOI or an address as written; empty where nothing is known."""
    return (retracted.get(plain_doi(doi)) or retracted.get(doi_in(doi), "")) if doi and retracted else ""
