"""The file that maps categories and tags to topics: written once with all of them, then read as it was edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from generator.disk.replacing import replace_file
from generator.ground.errors import ConfigError
from generator.importing.entries import Term
from generator.importing.placing import Rules, topics_of
from generator.schema.yaml_source import as_mapping, parse_yaml

_HEAD = """\
# Topics by category and tag of the old site, as `gatherwell import` found them. Change the right side: another name,
# a list of names, or nothing for no topic. Then import again with --topics and this file.
"""


def read_topics(file: Path) -> Mapping[str, tuple[str, ...]]:
    """Topics by category or tag; empty where the file does not exist. Raises ConfigError with place and remedy."""
    try:
        text = file.read_text("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError):
        raise ConfigError("cannot be read as UTF-8 text", file.name) from None
    mapped = parse_yaml(text, file.name)
    found: dict[str, tuple[str, ...]] = {}
    for term, value in as_mapping(mapped, file.name).items():
        names = value if isinstance(value, list) else [] if value is None or value == "" else [value]
        if not all(isinstance(name, str | int | float) for name in names):
            place = mapped.position(term)
            hint = "write one name, a list of names, or nothing"
            raise ConfigError(f"'{term}' has no topics that can be read", file.name, *place, hint)
        found[str(term)] = tuple(str(name) for name in names)
    return found


def write_topics(file: Path, terms: Iterable[Term], rules: Rules) -> None:
    """Begin the file with every term and what this import made of it."""
    named = ((term.name, topics_of(term, rules)) for term in terms)
    names = {name: topics[0] if topics else None for name, topics in named}
    text = yaml.safe_dump(names, allow_unicode=True, sort_keys=False, width=10**6) if names else ""
    replace_file(file, (_HEAD + text).encode())
