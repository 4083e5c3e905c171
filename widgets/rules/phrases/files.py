"""Owns files of phrases: YAML that people write, strict, with the line of what is wrong.

Reading YAML and compiling two thousand phrases takes a quarter of a second, which no first comment should wait for.
So beside each file of ours lies its index (`<name>.json`), made by ``python -m widgets.rules.phrases.make``: the
phrases as they are written and the words because of which each is looked for. A test holds the two equal.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from widgets.rules.phrases import (
    Compiler,
    Phrase,
    PhraseError,
    Phrases,
    gather,
    index,
    lazily,
    words_of,
)
from widgets.rules.words import plain

FOLDER: Final = Path(__file__).parent
_MOST_BYTES: Final = 1_000_000
_SHAPE: Final = "write `name:` and below it lines that begin with `- `"
# What a sentence tells of instead may lie behind a negation; so may the word that denies.
_UNBARRED: Final = ("frames", "figures")


@dataclass(frozen=True, slots=True)
class PhraseFile:
    """What a file holds: named lists of phrases, named sets of words, and every word that occurs.

    `sought` names by each word the lists that look for a phrase because of it, `always` those of whose phrases one needs no
    whole word.
    """

    language: str
    lists: Mapping[str, Phrases]
    sets: Mapping[str, frozenset[str]]
    vocabulary: frozenset[str]
    sought: Mapping[str, Sequence[str]]
    always: frozenset[str]

    def possible(self, texts: frozenset[str]) -> Mapping[str, Sequence[str]]:
        """The lists of which a phrase may stand in a text with these words, each with the words because of which. No other list
        finds anything there."""
        found: defaultdict[str, list[str]] = defaultdict(list, {name: [] for name in self.always})
        for word in texts & self.sought.keys():
            for name in self.sought[word]:
                found[name].append(word)
        found.default_factory = None
        return found


@dataclass(frozen=True, slots=True)
class _Item:
    text: str
    line: int


def read_phrases(name: str, folder: Path = FOLDER) -> PhraseFile:
    """The file `<name>.yaml` by its index."""
    made = json.loads((folder / f"{name}.json").read_bytes())
    sets = {name: frozenset(words) for name, words in made["sets"].items()}
    barred = sets.get("negations", frozenset())
    compiler = Compiler(made["words"])
    lists = {
        name: lazily(
            one["phrases"],
            one["rare"],
            one["starts"],
            compiler,
            frozenset() if name in _UNBARRED else barred,
        )
        for name, one in made["lists"].items()
    }
    vocabulary = frozenset(made["vocabulary"].split())
    always = frozenset(name for name, one in lists.items() if one.starts)
    return PhraseFile(made["language"], lists, sets, vocabulary, _sought(lists), always)


def _sought(lists: Mapping[str, Phrases]) -> Mapping[str, Sequence[str]]:
    names: dict[str, list[str]] = {}
    for name, phrases in lists.items():
        for word in phrases.rare:
            names.setdefault(word, []).append(name)
    return names


def make_index(path: Path, *, lists: Collection[str], sets: Collection[str]) -> dict[str, Any]:
    """What `read_phrases` reads, made of a YAML file. Raises PhraseError. `lists` and `sets` are exactly the keys
    that the file must hold beside `language`, `sources` and `words`."""
    root = _read(path)
    wanted = {"language", "sources", "words", *lists, *sets}
    for key in sorted(root.keys() ^ wanted):
        raise PhraseError(f"{path.name}:1: `{key}` is {'not known here' if key in root else 'missing'}")
    if not _items(path, root["sources"]):
        raise PhraseError(f"{path.name}:1: say under `sources` where the phrases come from")
    groups = {
        name: [item.text for item in _items(path, node)]
        for name, node in _mapping(path, root["words"]).items()
    }
    known = {name: sorted({plain(item.text) for item in _items(path, root[name])}) for name in sets}
    reader, common = Compiler(groups), frozenset(known.get("common", ()))
    compiled = {name: _compiled(path, root[name], reader) for name in lists}
    made = {}
    for name, phrases in compiled.items():
        rare, starts = index(phrases, common)
        texts = [item.text for item in _items(path, root[name])]
        made[name] = {"phrases": texts, "rare": dict(sorted(rare.items())), "starts": starts}
    words = words_of([phrase for every in compiled.values() for phrase in every]).union(
        *(words for name, words in known.items() if name != "common")
    )
    return {
        "language": root["language"].value,
        "words": groups,
        "lists": made,
        "sets": known,
        "vocabulary": " ".join(sorted(words)),
    }


def read_phrases_by_name(path: Path) -> Mapping[str, Phrases]:
    """A file of names with lists of phrases below them, and no more. Raises PhraseError."""
    return {name: gather(_compiled(path, node, Compiler({}))) for name, node in _read(path).items()}


def _compiled(path: Path, node: Any, reader: Compiler) -> list[Phrase]:
    compiled = []
    for item in _items(path, node):
        try:
            compiled.append(reader.phrase(item.text))
        except PhraseError as error:
            raise PhraseError(f"{path.name}:{item.line}: {error}") from None
    return compiled


def _read(path: Path) -> dict[str, Any]:
    """The nodes of the file by key; a node knows its line. Raises PhraseError."""
    import yaml  # with the first text that is judged: reading does not pay for it

    try:
        data = path.read_bytes()
        if len(data) > _MOST_BYTES:
            raise PhraseError(f"{path.name}: is larger than {_MOST_BYTES} bytes")
        # Nodes and no values: whatever a word looks like (`no`, `1.5`), it is the word as it is written.
        root = yaml.compose(data.decode("utf-8-sig"), yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise PhraseError(f"{path.name}: cannot be read as UTF-8 text ({type(error).__name__})") from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise PhraseError(f"{path.name}:{mark.line + 1 if mark else 1}: is not YAML; {_SHAPE}") from None
    return _mapping(path, root) if root is not None else {}


def _mapping(path: Path, node: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if node.id != "mapping":
        raise PhraseError(f"{path.name}:{node.start_mark.line + 1}: {_SHAPE}")
    for key, value in node.value:
        if key.id != "scalar" or key.value in found:
            raise PhraseError(f"{path.name}:{key.start_mark.line + 1}: a name stands here twice, or is none")
        found[key.value] = value
    return found


def _items(path: Path, node: Any) -> list[_Item]:
    line = node.start_mark.line + 1
    if node.id != "sequence" or any(item.id != "scalar" for item in node.value):
        raise PhraseError(f"{path.name}:{line}: {_SHAPE}")
    return [_Item(item.value, item.start_mark.line + 1) for item in node.value]
