"""Makes a project of ``docs/``: one section per audience, links between pages kept, links to source files unwrapped."""

from __future__ import annotations

import posixpath
import re
import shutil
from pathlib import Path
from typing import NamedTuple

from generator.content.front_matter.addresses import RESERVED_SLUGS

ROOT = Path(__file__).parents[2]
SITE = ROOT / "docs" / "site"


class Section(NamedTuple):
    """A section of the documentation: its title, for whom it is, its colour, and its pages in order, from the root."""

    title: str
    description: str
    accent: str
    pages: tuple[str, ...]


SECTIONS: dict[str, Section] = {
    "beginning": Section(
        "Beginning",
        "From nothing to a first vote and a first approved comment.",
        "#3b6e47",
        ("docs/quick-start.md", "docs/coming-from.md"),
    ),
    "writing": Section(
        "Writing",
        "For writers, those who never used git too.",
        "#2f6f73",
        (
            "docs/writers.md",
            "docs/markdown.md",
            "docs/images.md",
            "docs/checks.md",
            "docs/surveys.md",
            "docs/survey-reports.md",
            "docs/voices.md",
            "docs/insights.md",
        ),
    ),
    "designing": Section(
        "Designing",
        "For those who give a site its look.",
        "#6a4c93",
        ("docs/themes.md", "docs/design.md", "docs/elements.md"),
    ),
    "running": Section(
        "Running",
        "For those who build, publish and keep a site.",
        "#33658a",
        (
            "docs/preview.md",
            "docs/search.md",
            "docs/function.md",
            "docs/security.md",
            "docs/deploy-single-machine.md",
            "docs/deploy-aws.md",
            "docs/deploy-github-pages.md",
            "docs/deploy-elsewhere.md",
            "docs/continuous-integration.md",
        ),
    ),
    "moderating": Section(
        "Moderating",
        "For those who look after a community.",
        "#a04a3c",
        ("docs/desk.md", "docs/care.md", "docs/care-figures.md"),
    ),
    "reference": Section(
        "Reference",
        "Every key, directive, command and route; generated from the code.",
        "#7a5c1e",
        (
            "docs/reference/front-matter.md",
            "docs/reference/settings.md",
            "docs/reference/data-files.md",
            "docs/reference/directives.md",
            "docs/reference/commands.md",
            "docs/reference/function-api.md",
        ),
    ),
    "about": Section(
        "About",
        "How it compares, and questions.",
        "#86416b",
        ("docs/comparison.md", "docs/surveys-numbers.md", "docs/questions.md", "CHANGELOG.md"),
    ),
    "developing": Section(
        "Developing",
        "For those who change Gatherwell itself.",
        "#3d6b35",
        ("docs/architecture.md", "docs/modules.md", "docs/how-to-add.md", "CONTRIBUTING.md"),
    ),
}
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])+)\]\(([^)\s]+)\)")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_CODE = re.compile(r"^(`{3,}).*?^\1`*$|``[^\n]+?``|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"^<!--.*?-->\n", re.DOTALL | re.MULTILINE)


def home_of_pages() -> dict[str, str]:
    """Where each page of the repository lies below ``content/``, by its path from the root."""
    homes = {
        page: f"{name}/{posixpath.basename(page).lower()}"
        for name, section in SECTIONS.items()
        for page in section.pages
    }
    decisions = sorted((ROOT / "docs/decisions").glob("0*.md"))
    homes |= {f"docs/decisions/{path.name}": f"developing/decisions/{path.name}" for path in decisions}
    return homes


def make_project(folder: Path) -> None:
    """Write the documentation as a project into *folder*; what was there before is removed."""
    shutil.rmtree(folder / "content", ignore_errors=True)
    shutil.copytree(SITE, folder, dirs_exist_ok=True)
    homes = home_of_pages()
    for name, section in SECTIONS.items():
        _write_hub(folder, name, section)
    for order, (page, home) in enumerate(homes.items(), 1):
        target = folder / "content" / home
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (ROOT / page).read_text("utf-8")
        target.write_text(as_article(text, page, order, homes), "utf-8")
        for _, picture in _IMAGE.findall(_without_code(text)):
            source = (ROOT / page).parent / picture
            copy = target.parent / "pictures" / source.name
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(source, copy)


def as_article(text: str, page: str, order: int, homes: dict[str, str]) -> str:
    """A page of the repository as an article: its first heading becomes the title, its links those of the project."""
    heading, _, body = text.lstrip().partition("\n")
    title = heading.removeprefix("# ").replace("`", "").replace("*", "")
    name = posixpath.basename(page).lower().removesuffix(".md")
    slug = f"slug: about-{name}\n" if name in RESERVED_SLUGS else ""
    front = f'---\ntitle: "{title}"\norder: {order}\n{slug}summary: "{_summary(body)}"\n---\n'
    return front + _relinked(body, page, homes)


def _summary(body: str) -> str:
    """The first sentence of a page, plain, for lists."""
    for paragraph in body.split("\n\n"):
        plain = " ".join(paragraph.split())
        if plain and plain[0] not in "#|-<!" and not plain.startswith("```") and "![" not in plain:
            plain = (
                _LINK.sub(r"\1", plain).replace("`", "").replace("**", "").replace("*", "").replace('"', "'")
            )
            return re.split(r"(?<=[.!?])\s", plain.replace("\\", ""))[0].rstrip(":")
    return ""


def _relinked(body: str, page: str, homes: dict[str, str]) -> str:
    def link(found: re.Match[str]) -> str:
        label, target = found[1], found[2]
        if "://" in target or target.startswith(("#", "mailto:")):
            return found[0]
        path, hash_mark, anchor = target.partition("#")
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        if wanted not in homes:
            return label
        here = posixpath.dirname(homes[page])
        return f"[{label}]({posixpath.relpath(homes[wanted], here)}{hash_mark}{anchor})"

    def image(found: re.Match[str]) -> str:
        return f"![{found[1]}](pictures/{posixpath.basename(found[2])})"

    return _outside_code(body, lambda text: _IMAGE.sub(image, _LINK.sub(link, _COMMENT.sub("", text))))


def _outside_code(text: str, change: object) -> str:
    """*text* with *change* made to all that stands in no code."""
    assert callable(change)
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\x00{len(kept) - 1}\x00"

    changed: str = change(_CODE.sub(keep, text))
    return re.sub("\x00(\\d+)\x00", lambda found: kept[int(found[1])], changed)


def _without_code(text: str) -> str:
    return _CODE.sub("", text)


def _write_hub(folder: Path, name: str, section: Section) -> None:
    hub = folder / "content" / name / "_index.md"
    hub.parent.mkdir(parents=True, exist_ok=True)
    pages = "".join(f"\n  - {posixpath.basename(page).lower()}" for page in section.pages)
    order = list(SECTIONS).index(name) + 1
    hub.write_text(
        f'---\ntitle: {section.title}\ndescription: {section.description}\naccent: "{section.accent}"\n'
        f"order: {order}\ncrisis: false\nstart_here:{pages}\n---\n",
        "utf-8",
    )
