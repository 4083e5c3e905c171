"""Makes the indices of all files of phrases: ``python -m widgets.rules.phrases.make``, after every edit of one."""

from __future__ import annotations

import json
import sys
from typing import Any

from widgets.rules.phrases import PhraseError
from widgets.rules.phrases.catalog import FILES, names
from widgets.rules.phrases.files import FOLDER, make_index


def encode(made: dict[str, Any]) -> str:
    """One line for each list, so that a changed phrase is a small difference."""
    head = {key: value for key, value in made.items() if key != "lists"}
    lines = [f"{_compact(name)}:{_compact(one)}" for name, one in sorted(made["lists"].items())]
    return _compact(head)[:-1] + ',\n"lists":{\n' + ",\n".join(lines) + "\n}}\n"


def make(name: str) -> str:
    """The index of the file `<name>.yaml`. Raises PhraseError."""
    shape, _ = FILES[name.partition(".")[0]]
    return encode(make_index(FOLDER / f"{name}.yaml", lists=shape.lists, sets=shape.sets))


def main() -> int:
    for kind in FILES:
        for name in names(kind):
            try:
                (FOLDER / f"{name}.json").write_text(make(name), "utf-8")
            except PhraseError as error:
                sys.stderr.write(f"{error}\n")
                return 1
    return 0


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    sys.exit(main())
