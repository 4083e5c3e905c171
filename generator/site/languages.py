"""Languages of files: suffixes that name no language of the site, and originals of translations."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.content.config import Config
from generator.content.front_matter.schema import ArticleFrontMatter
from generator.content.read import Document
from generator.disk.content_tree import relative
from generator.disk.names import without_suffix
from generator.ground.errors import Problem
from generator.site.types import Article

RULE = "languages"
# ISO 639-1.
_CODES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en"
    " eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv"
    " ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne"
    " ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st"
    " su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?")


def misnamed_languages(documents: Iterable[Document], config: Config) -> Iterator[Problem]:
    """A problem for each file whose name ends in a language that the site does not list, or lists in other letters."""
    by_fold = {tag.casefold(): tag for tag in config.all_languages}
    for document in documents:
        path = document.source_path
        base, dot, suffix = without_suffix(path.rpartition("/")[2]).rpartition(".")
        if not dot or suffix in config.all_languages:
            continue
        found = _TAG.fullmatch(suffix)
        same = by_fold.get(suffix.replace("_", "-").casefold())
        if not found or not (same or found[1].casefold() in _CODES):
            continue
        if same:
            message, hint = f"the language is written '{same}' in gatherwell.yaml", f"rename the file to {base}.{same}.md"
        else:
            message = f"'{suffix}' is not among the site's languages, so this is a page in {config.language}"
            hint = f"add `{suffix}` to `languages:` in gatherwell.yaml, or rename the file to {base}-{suffix.lower()}.md"
        yield Problem(message, source_path=path, hint=hint, rule=RULE)


def article_keys(documents: Sequence[Document]) -> tuple[dict[str, str], list[Problem]]:
    """What all translations of an article share, by source path; and the problems of ``translation_of``."""
    by_path = {document.source_path: document for document in documents}
    keys: dict[str, str] = {}
    problems: list[Problem] = []
    owners: dict[tuple[str, str], str] = {}
    for path, document in by_path.items():
        original = document
        front_matter = document.front_matter
        written = front_matter.translation_of if isinstance(front_matter, ArticleFrontMatter) else ""
        if written:
            found = by_path.get(relative(path, written))
            if found is None:
                problems.append(_no_original(document, written, by_path))
            elif found.language == document.language or found.condition != document.condition:
                message = f"'{written}' is no article of this condition in another language"
                problems.append(document.problem("translation_of", message, "name the original file", rule=RULE))
            else:
                original = found
        keys[path] = key = f"{original.condition}/{original.folder}/{original.name}"
        other = owners.setdefault((key, document.language), path)
        if other != path and written:
            message = f"{other} is this translation already"
            problems.append(document.problem("translation_of", message, "keep one of them"))
    return keys, problems


def condition_of_key(key: str) -> str:
    """The condition of the articles that share a key of :func:`article_keys`."""
    return key.partition("/")[0]


def _no_original(document: Document, written: str, known: Iterable[str]) -> Problem:
    near = difflib.get_close_matches(relative(document.source_path, written), [*known], n=1, cutoff=0.6)
    hint = (
        f"did you mean '{posixpath.relpath(near[0], posixpath.dirname(document.source_path))}'?"
        if near
        else "write the original as a path from this file: ../basics/what-is-it.md"
    )
    message = f"there is no article '{written}' that this could be a translation of"
    return document.problem("translation_of", message, hint, rule=RULE)


def newer_original(article: Article, translations: Mapping[str, Mapping[str, Article]], language: str) -> Article | None:
    """The article in the site's *language* that *article* translates, if it was changed on a later day."""
    original = translations.get(article.key, {}).get(language)
    if original is None or original is article:
        return None
    changed, own = _last_edit(original.front_matter), _last_edit(article.front_matter)
    return original if own and changed > own else None


def _last_edit(front_matter: ArticleFrontMatter) -> str:
    return max(front_matter.date[:10], front_matter.updated[:10])
