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
_HOST_TEXTS: Final = {
    "github": (
        "\n## Publishing\n\n`.github/workflows/site.yml` checks every proposal and publishes what is on `main` with GitHub Pages, by"
        " artifact: choose\n*GitHub Actions* as the source in the repository's settings. Pages cannot run the function; give it a"
        " small machine of its own and\nits address as `widgets.endpoint`, or leave that empty: pages are complete without it.\n"
    ),
    "machine": (
        "\n## Publishing\n\n`deploy/` has the files of one small server: Caddy serves the pages, a unit runs the function, one timer\nbuilds every"
        " five minutes with what members wrote, another makes backups. Put your host in place of `example.org`.\n"
    ),
    "aws": (
        "\n## Publishing\n\n`deploy/template.yaml` is the CloudFormation stack: S3 and CloudFront for the pages, Lambda and DynamoDB for"
        " the function. It\nneeds the extra `gatherwell[aws]`. `.github/workflows/site.yml` sends the pages with `gatherwell deploy s3` once"
        " the variables that it\nnames are set.\n"
    ),
    "elsewhere": "\n## Publishing\n\n`site/` can be served by any static host; the function needs a small machine.\n",
}


def project_files(answers: Answers, slugs: Mapping[str, str], pin: Pinned, today: dt.date) -> dict[str, str]:
    """Text by path; *slugs* are the folders of the conditions by name."""
    files = {
        CONFIG_NAME: settings(answers),
        "README.md": _filled(_project("README.md"), _words(answers, slugs)),
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
        "description": yaml_text(f"{answers.title}: plain words from people who live with it."),
        "address": yaml_text(answers.address),
        "language": yaml_text(answers.languages[0]),
        "languages": json.dumps(answers.languages, ensure_ascii=False),
        "time_zone": "UTC",
        "organisation": named or "# organisation:\n#   name: The society that answers for it",
    }
    return _filled(_project("gatherwell.yaml"), words)


def _words(answers: Answers, slugs: Mapping[str, str]) -> dict[str, str]:
    return {
        "title": answers.title,
        "condition": next(iter(slugs.values())),
        "host": _HOST_TEXTS[answers.host],
    }


def _texts(
    answers: Answers, slugs: Mapping[str, str], language: str, today: dt.date
) -> Iterator[tuple[str, str]]:
    """Pages, people and first articles in *language*; the main one is English where there are no texts in it."""
    main = answers.languages[0]
    written = language.split("-")[0]
    if not (_TEXTS / written).is_dir():
        if language != main:
            return
        written = "en"
    suffix = "" if language == main else f".{language}"
    words = {
        "organisation": answers.organisation or _NOBODY[written],
        "condition_ids": json.dumps(list(slugs.values())),
        "today": today.isoformat(),
    }
    for folder in ("_pages", "_people"):
        # People have one profile for all languages.
        for path in (
            sorted((_TEXTS / written / folder).glob("*.md")) if folder == "_pages" or not suffix else ()
        ):
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
