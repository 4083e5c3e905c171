"""In which folder of a condition a new article of a type lies."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from generator.cli.asking import articles_of, front_matter_of
from generator.disk.content_tree import CONTENT_DIR

# Where `init` and the demonstration put the first one. Other types lie beside the condition's home.
_USUAL: Final = {
    "basics": "basics",
    "symptom": "symptoms",
    "diagnosis": "diagnosis",
    "treatment": "treatments",
    "living-with": "living-with",
    "question": "questions",
    "story": "stories",
    "event": "events",
}


def folder_of_type(root: Path, condition: str, article_type: str) -> str:
    """The folder, relative to the condition's, that holds most articles of the type; its usual one where there is none.

    Empty is the condition's own folder, where articles without a type begin.
    """
    if article_type in ("", "article"):
        return ""
    home = root / CONTENT_DIR / condition
    found = Counter(
        path.parent.relative_to(home).as_posix()
        for path in articles_of(root, condition)
        if front_matter_of(path).get("type") == article_type
    )
    folder = found.most_common(1)[0][0] if found else _USUAL.get(article_type, "")
    return "" if folder == "." else folder
