"""The files of a new community, each as text; nothing is written here."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from generator.cli.community.answers import NO_ADDRESS, Answers
from generator.cli.community.bundled import HOSTS, bundled
from generator.cli.community.crisis_lines import crisis_lines
from generator.cli.community.pinned import Pinned
from generator.cli.schema import kind_schema
from generator.cli.starting_texts import yaml_text
from generator.content.config import CONFIG_NAME
from generator.disk.content_tree import CONTENT_DIR, STATIC_DIR

_HERE: Final = Path(__file__).parent
_PROJECT: Final = _HERE / "project"
_TEXTS: Final = _HERE / "texts"
_PLACEHOLDER: Final = re.compile(r"@([a-z_]+)@")
_WHAT_IT_IS: Final = {"en": "What is {name}?", "es": "¿Qué es {name}?"}
_NOBODY: Final = {"en": "nobody is named yet", "es": "todavía no se nombra a nadie"}
_TOPICS: Final = {
    "first-steps": {"en": "First steps", "es": "Primeros pasos"},
    "everyday": {"en": "Everyday life", "es": "Vida diaria"},
    "work": {"en": "Work", "es": "Trabajo"},
}
_HOST_FILES: Final = {"machine": "single-machine", "aws": "aws"}
_DESCRIPTION: Final = {
    "en": "{title}: plain words from people who live with it.",
    "es": "{title}: palabras claras de personas que viven con la enfermedad.",
}


def project_files(answers: Answers, slugs: Mapping[str, str], pin: Pinned, today: dt.date) -> dict[str, str]:
    """Text by path; *slugs* are the folders of the conditions by name."""
    files = {
        CONFIG_NAME: settings(answers),
        "README.md": _readme(answers, slugs),
        ".gitignore": _project("gitignore"),
        ".vscode/settings.json": _project("vscode-settings.json"),
        "schemas/gatherwell.json": json.dumps(kind_schema("config"), indent=1, ensure_ascii=False) + "\n",
        "requirements.txt": pin.text,
        ".github/workflows/site.yml": _workflow(answers.host),
        f"{STATIC_DIR}/.gitkeep": "",
        f"{CONTENT_DIR}/_crisis.yaml": crisis_lines(answers.languages, answers.countries).text,
        f"{CONTENT_DIR}/_topics.yaml": _topics(answers),
    }
    files.update(_host_files(answers))
    for language in answers.languages:
        files.update(_texts(answers, slugs, language, today))
    return files


def settings(answers: Answers) -> str:
    """The text of ``gatherwell.yaml``."""
    named = f"organisation:\n  name: {yaml_text(answers.organisation)}" if answers.organisation else ""
    words = {
        "title": yaml_text(answers.title),
        "description": _description(answers),
        "endpoint": yaml_text(answers.endpoint)
        if answers.endpoint
        else '""  # none is wanted: no votes, no comments',
        "address": yaml_text(answers.address),
        "language": yaml_text(answers.languages[0]),
        "languages": json.dumps(answers.languages, ensure_ascii=False),
        "time_zone": "UTC",
        "organisation": named or "# organisation:\n#   name: The society that answers for it",
    }
    return _filled(_project("gatherwell.yaml"), words)


def _description(answers: Answers) -> str:
    """One sentence, or one for each of the languages that have texts, as YAML."""
    main = answers.languages[0]
    told = {
        tag: _DESCRIPTION[_written(tag)].format(title=answers.title)
        for tag in answers.languages
        if _has(tag) or tag == main
    }
    return yaml_text(told[main]) if len(told) == 1 else json.dumps(told, ensure_ascii=False)


def _readme(answers: Answers, slugs: Mapping[str, str]) -> str:
    """The README for those who write here, in the main language."""
    texts = _TEXTS / _written(answers.languages[0]) / "readme"
    words = {
        "title": answers.title,
        "condition": next(iter(slugs.values())),
        "host": (texts / f"{answers.host}.md").read_text("utf-8"),
        "desk": (texts / "desk.md").read_text("utf-8") + "\n" if answers.endpoint else "",
    }
    return _filled((texts / "README.md").read_text("utf-8"), words)


def _written(language: str) -> str:
    """The language of the texts for *language*: its own where there are some, else English."""
    return language.split("-")[0] if _has(language) else "en"


def _texts(
    answers: Answers, slugs: Mapping[str, str], language: str, today: dt.date
) -> Iterator[tuple[str, str]]:
    """Pages, people and first articles in *language*; the main one is English where there are no texts in it."""
    main = answers.languages[0]
    if language != main and not _has(language):
        return
    written = _written(language)
    suffix = "" if language == main else f".{language}"
    words = {
        "organisation": answers.organisation or _NOBODY[written],
        "condition_ids": json.dumps(list(slugs.values())),
        "today": today.isoformat(),
    }
    for folder in ("_pages", "_people"):
        for path in sorted((_TEXTS / written / folder).glob("*.md")):
            yield f"{CONTENT_DIR}/{folder}/{path.stem}{suffix}.md", _filled(path.read_text("utf-8"), words)
    base = _TEXTS / written / "condition"
    for name, slug in slugs.items():
        own = {
            **words,
            "name": yaml_text(name),
            "what_it_is": yaml_text(_WHAT_IT_IS[written].format(name=name)),
        }
        for path in sorted(base.rglob("*.md")):
            place = path.relative_to(base).with_name(f"{path.stem}{suffix}.md")
            yield f"{CONTENT_DIR}/{slug}/{place.as_posix()}", _filled(path.read_text("utf-8"), own)


def _topics(answers: Answers) -> str:
    lines = [
        "# Names of topics; articles write what stands before the colon. Others may be used without being named here.\n"
    ]
    main = answers.languages[0]
    for slug, names in _TOPICS.items():
        shown = {
            tag: names.get(tag.split("-")[0], names["en"])
            for tag in answers.languages
            if _has(tag) or tag == main
        }
        lines.append(f"{slug}: {json.dumps(shown, ensure_ascii=False)}\n")
    return "".join(lines)


def _has(language: str) -> bool:
    return (_TEXTS / language.split("-")[0]).is_dir()


def _workflow(host: str) -> str:
    publish = _project(f"publish-{host}.yml").rstrip("\n")
    permissions = "\n  id-token: write" if host == "aws" else ""  # a role instead of keys
    text = _project("site.yml").replace("@publish@", publish)
    return text.replace("@permissions@", permissions)


def _host_files(answers: Answers) -> Iterator[tuple[str, str]]:
    folder = _HOST_FILES.get(answers.host)
    if folder is None:
        return
    host = urlsplit(answers.address).hostname if answers.address != NO_ADDRESS else None
    for path in sorted(bundled(f"{HOSTS}/{folder}").iterdir()):
        text = path.read_text("utf-8")
        yield f"{HOSTS}/{path.name}", text.replace("example.org", host) if host else text


def _project(name: str) -> str:
    return (_PROJECT / name).read_text("utf-8")


def _filled(text: str, words: Mapping[str, str]) -> str:
    """*text* with the words for which it has places, once: what somebody answered is never filled in again."""
    return _PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), text)
