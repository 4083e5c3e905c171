"""How each generator wants the same corpus written: front matter, links, pictures, polls, site files."""

from __future__ import annotations

import html
import json
import posixpath
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

from benchmarks.bodies import Article, ArticleLink, Part, Picture, Poll
from benchmarks.portfolio import LAST_UPDATE, Outline, Person, Portfolio

TITLE = "Corpus of the benchmark"
BASE_URL = "https://benchmark.example/"
DESCRIPTION = "Invented pages about invented days with real conditions."
SHARED_PAGES = (("about", "About"), ("editorial-policy", "Editorial policy"), ("privacy", "Privacy"))

File = tuple[str, str]


class Dialect(ABC):
    """Writes one generator's site; paths are relative to that site's root, with forward slashes."""

    name: str

    def __init__(self, portfolio: Portfolio) -> None:
        self.portfolio = portfolio

    @abstractmethod
    def article_path(self, outline: Outline, has_picture: bool) -> str: ...

    @abstractmethod
    def picture_path(self, outline: Outline, picture: Picture) -> str: ...

    @abstractmethod
    def front_matter(self, article: Article) -> dict[str, object]: ...

    @abstractmethod
    def site_files(self) -> Iterator[File]: ...

    @abstractmethod
    def link(self, source: Outline, target: Outline) -> str: ...

    @abstractmethod
    def picture(self, outline: Outline, picture: Picture) -> str: ...

    @abstractmethod
    def poll(self, outline: Outline, poll: Poll) -> str: ...

    def article(self, article: Article) -> str:
        body = "".join(self._part(part, article.outline) for part in article.parts)
        return _file(self.front_matter(article), body + self.references(article))

    def references(self, article: Article) -> str:
        """Footnotes; Gatherwell merges the references of front matter into its notes by itself."""
        return "".join(
            f"\n[^{source.id}]: [{source.title}]({source.url}). {source.body}, {source.year}.\n"
            for source in article.references
        )

    def named(self, outline: Outline) -> dict[str, object]:
        """The topics and authors under the names that a site writes in front matter."""
        topics, people = self.portfolio.topics, self.portfolio.people
        return {
            "authors": tuple(people[index].id for index in outline.authors),
            "topics": tuple(topics[index].slug for index in outline.topics),
        }

    def condition(self, outline: Outline) -> str:
        return self.portfolio.conditions[outline.condition].slug

    def _part(self, part: Part, outline: Outline) -> str:
        match part:
            case str():
                return part
            case ArticleLink(label, target):
                return f"[{label}]({self.link(outline, self.portfolio.outlines[target])})"
            case Picture():
                return self.picture(outline, part)
            case Poll():
                return self.poll(outline, part)


class GatherwellDialect(Dialect):
    """A root as the content contract describes it."""

    name = "gatherwell"

    def article_path(self, outline: Outline, has_picture: bool) -> str:
        return f"content/{self.condition(outline)}/{outline.folder}/{outline.slug}.md"

    def picture_path(self, outline: Outline, picture: Picture) -> str:
        return self.article_path(outline, True).removesuffix(".md") + picture.suffix

    def front_matter(self, article: Article) -> dict[str, object]:
        outline = article.outline
        front_matter: dict[str, object] = {"title": outline.title, "date": outline.date.isoformat()}
        if outline.updated:
            front_matter["updated"] = outline.updated.isoformat()
        front_matter |= {"type": outline.kind, "summary": article.summary, **self.named(outline)}
        if article.stage:
            front_matter["stage"] = article.stage
        if outline.reviewer is not None:
            front_matter["reviewer"] = self.portfolio.people[outline.reviewer].id
            front_matter["last_reviewed"] = LAST_UPDATE.isoformat()
            front_matter["review_in"] = "5 years"
        if article.references:
            front_matter["references"] = tuple(
                {
                    "id": source.id,
                    "title": source.title,
                    "body": source.body,
                    "year": source.year,
                    "url": source.url,
                }
                for source in article.references
            )
        return front_matter

    def references(self, article: Article) -> str:
        return ""

    def site_files(self) -> Iterator[File]:
        settings = {
            "title": TITLE,
            "description": DESCRIPTION,
            "base_url": BASE_URL,
            "widgets": {"endpoint": "/api/v1"},
        }
        yield "gatherwell.yaml", _yaml(settings)
        for index, condition in enumerate(self.portfolio.conditions):
            first = self.portfolio.of_condition(index)[:3]
            hub: dict[str, object] = {
                "title": condition.title,
                "description": DESCRIPTION,
                "accent": condition.accent,
                "start_here": tuple(f"{outline.folder}/{outline.slug}.md" for outline in first),
            }
            yield f"content/{condition.slug}/_index.md", _file(hub, f"Pages about {condition.title}.\n")
        for person in self.portfolio.people:
            lived = tuple(self.portfolio.conditions[index].slug for index in person.conditions)
            front_matter: dict[str, object] = {"name": person.name, "role": person.role, "conditions": lived}
            if person.role == "clinician":
                front_matter["credential"] = "Invented, as the person is"
            yield f"content/_people/{person.id}.md", _file(front_matter, _biography(person))
        for slug, title in SHARED_PAGES:
            yield f"content/_pages/{slug}.md", _file({"title": title}, f"{title}: a page of the corpus.\n")

    def link(self, source: Outline, target: Outline) -> str:
        here = posixpath.dirname(self.article_path(source, False))
        return posixpath.relpath(self.article_path(target, False), here)

    def picture(self, outline: Outline, picture: Picture) -> str:
        return f"![{picture.alt}]({outline.slug}{picture.suffix})"

    def poll(self, outline: Outline, poll: Poll) -> str:
        options = "".join(f"- {label} {{#{key}}}\n" for key, label in poll.options)
        return f":::poll{{#{poll.slug}}}\n{poll.question}\n\n{options}:::"


class PeerDialect(Dialect):
    """What the peers have in common: plain addresses in links, everything of one condition in one folder."""

    def link(self, source: Outline, target: Outline) -> str:
        return f"/{self.condition(target)}/{target.slug}/"

    def front_matter(self, article: Article) -> dict[str, object]:
        outline = article.outline
        extra: dict[str, object] = {"kind": outline.kind}
        if article.stage:
            extra["stage"] = article.stage
        if outline.reviewer is not None:
            extra["reviewer"] = self.portfolio.people[outline.reviewer].name
            extra["last_reviewed"] = LAST_UPDATE.isoformat()
        front_matter: dict[str, object] = {
            "title": outline.title,
            "date": outline.date.isoformat(),
            "summary": article.summary,
            **self.named(outline),
            "params": extra,
        }
        if outline.updated:
            front_matter["lastmod"] = outline.updated.isoformat()
        return front_matter


class HugoDialect(PeerDialect):
    """Sections, leaf bundles where a picture lies beside the text, taxonomies with a page for each term."""

    name = "hugo"

    def article_path(self, outline: Outline, has_picture: bool) -> str:
        stem = f"content/{self.condition(outline)}/{outline.slug}"
        return f"{stem}/index.md" if has_picture else f"{stem}.md"

    def picture_path(self, outline: Outline, picture: Picture) -> str:
        return f"content/{self.condition(outline)}/{outline.slug}/picture{picture.suffix}"

    def picture(self, outline: Outline, picture: Picture) -> str:
        return f"![{picture.alt}](picture{picture.suffix})"

    def poll(self, outline: Outline, poll: Poll) -> str:
        answers = "".join(f"- {label}\n" for _, label in poll.options)
        return f'{{{{< poll id="{poll.slug}" question="{poll.question}" >}}}}\n{answers}{{{{< /poll >}}}}'

    def site_files(self) -> Iterator[File]:
        yield "content/_index.md", _file({"title": TITLE}, "")
        for condition in self.portfolio.conditions:
            hub: dict[str, object] = {"title": condition.title, "description": DESCRIPTION}
            yield f"content/{condition.slug}/_index.md", _file(hub, f"Pages about {condition.title}.\n")
        for person in self.portfolio.people:
            front_matter: dict[str, object] = {"title": person.name, "params": {"role": person.role}}
            yield f"content/authors/{person.id}/_index.md", _file(front_matter, _biography(person))
        for topic in self.portfolio.topics:
            yield f"content/topics/{topic.slug}/_index.md", _file({"title": topic.title}, "")
        for slug, title in SHARED_PAGES:
            yield f"content/{slug}.md", _file({"title": title}, f"{title}: a page of the corpus.\n")


class EleventyDialect(PeerDialect):
    """One input folder, layouts by directory data files, global data for conditions, topics and people."""

    name = "eleventy"

    def article_path(self, outline: Outline, has_picture: bool) -> str:
        return f"content/{self.condition(outline)}/{outline.slug}.md"

    def picture_path(self, outline: Outline, picture: Picture) -> str:
        return f"content/{self.condition(outline)}/{outline.slug}{picture.suffix}"

    def picture(self, outline: Outline, picture: Picture) -> str:
        return f"![{picture.alt}](/{self.condition(outline)}/{outline.slug}{picture.suffix})"

    def poll(self, outline: Outline, poll: Poll) -> str:
        """Plain HTML: markdown-it lets it through there, and no template engine has to read every body."""
        rows = "".join(
            f'<label><input type="radio" name="answer" value="{key}"> {html.escape(label)}</label>\n'
            for key, label in poll.options
        )
        head = f'<form class="poll" id="{poll.slug}" method="post" action="/api/v1/polls/{poll.slug}/votes">'
        question = f"<fieldset>\n<legend>{html.escape(poll.question)}</legend>"
        return f"{head}\n{question}\n{rows}<button>Vote</button>\n</fieldset>\n</form>"

    def site_files(self) -> Iterator[File]:
        for condition in self.portfolio.conditions:
            inherited = {"layout": "article.njk", "condition": condition.slug, "article": True}
            yield f"content/{condition.slug}/{condition.slug}.json", json.dumps(inherited) + "\n"
        named = {
            "conditions": [{"slug": item.slug, "title": item.title} for item in self.portfolio.conditions],
            "conditionTitles": {item.slug: item.title for item in self.portfolio.conditions},
            "topicTitles": {item.slug: item.title for item in self.portfolio.topics},
            "people": {
                item.id: {"name": item.name, "role": item.role, "biography": _biography(item)}
                for item in self.portfolio.people
            },
        }
        for name, value in named.items():
            yield f"_data/{name}.json", json.dumps(value, indent=1) + "\n"
        for slug, title in SHARED_PAGES:
            yield (
                f"content/{slug}.md",
                _file({"title": title, "layout": "page.njk"}, f"{title}: a page of the corpus.\n"),
            )


DIALECTS: tuple[type[Dialect], ...] = (GatherwellDialect, HugoDialect, EleventyDialect)


def _biography(person: Person) -> str:
    return f"{person.name} is an invented {person.role} of this corpus.\n"


def _file(front_matter: Mapping[str, object], body: str) -> str:
    return f"---\n{_yaml(front_matter)}---\n{body}"


def _yaml(mapping: Mapping[str, object]) -> str:
    """Block style for the mapping, JSON (which YAML understands) for its values; dates stay bare."""
    lines = []
    for key, value in mapping.items():
        bare = isinstance(value, str) and (key in ("date", "updated", "lastmod", "last_reviewed"))
        if isinstance(value, tuple) and value and isinstance(value[0], Mapping):
            lines.append(f"{key}:\n" + "".join(_item(entry) for entry in value))
        else:
            lines.append(f"{key}: {value if bare else json.dumps(value, ensure_ascii=False)}\n")
    return "".join(lines)


def _item(entry: Mapping[str, object]) -> str:
    pairs = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in entry.items()]
    return "  - " + "    ".join(pairs)
