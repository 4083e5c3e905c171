"""What every page has: its chrome, its addresses, its translations, its content security policy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import msgspec

from generator import __version__
from generator.cards import Card
from generator.config import localized
from generator.permalinks import Root
from generator.site import Condition, Hub
from generator.text import digest
from generator.views import shapes
from generator.views.material import Material, condition_link, language_name, language_prefix, site_title

_ENCODER = msgspec.msgpack.Encoder()
# The parts of a hub that gather articles of one type each, in reading order.
SECTION_TYPES = ("basics", "symptom", "diagnosis", "treatment", "living-with", "question")
STORY_TYPES = frozenset({"story", "we-did"})


class Frame:
    """The pages of one root, condition (or none) and language: what they share, and how they are addressed."""

    def __init__(
        self, material: Material, root: Root, language: str, condition: Condition | None = None
    ) -> None:
        self.material = material
        self.root = root
        self.language = language
        self.condition = condition
        self.prefix = self.prefix_in(language)
        self.chrome = self._chrome()
        self.encoded_chrome = _ENCODER.encode(self.chrome)
        self.chrome_id = digest(self.encoded_chrome)
        self.card = self.card_for("")
        self.csp = content_security_policy(material.site.config.widgets.endpoint)

    @property
    def hub(self) -> Hub | None:
        return self.condition.hub(self.language) if self.condition else None

    @property
    def description(self) -> str:
        """What the portfolio says of itself."""
        config = self.material.site.config
        return " ".join(localized(config.description, self.language, config.language).split())

    def words(self, key: str) -> str:
        """One of the theme's strings in this language; the key itself where the theme lacks it."""
        return self.material.theme.strings_for(self.language).get(key, key)

    def describe(self, page: str, title: str = "") -> str:
        """What a page of the site's own is for, in the theme's words; empty where the theme has none."""
        text = self.material.theme.strings_for(self.language).get(f"describe.{page}", "")
        return text.replace("{title}", title)

    def card_for(self, title: str) -> Card | None:
        """The social card of a page of that title, without one of all of the frame's pages; None where there are none."""
        material = self.material
        if material.site.config.cards == "off":
            return None
        theme = material.theme
        accent, soft = theme.accents.get(self.condition.id if self.condition else "") or theme.accents[""]
        name = self.condition.hub(self.language).matter.title if self.condition else ""
        site = site_title(material, self.language)
        return Card(
            title=title or name or site,
            site=site if title or name else self.root.origin.partition("://")[2],
            condition=name if title and title != name else "",
            right_to_left=theme.direction_of(self.language) == "rtl",
            paper=theme.colours.get("paper", "#ffffff"),
            ink=theme.colours.get("ink", "#1d1d1d"),
            quiet=theme.colours.get("ink-soft", "#555555"),
            accent=accent,
            soft=soft,
        )

    def card_url(self, card: Card | None) -> str:
        return self.root.permalink(card.output_path) if card else ""

    def prefix_in(self, language: str) -> str:
        """The url_path under which this frame's pages lie in *language*."""
        base = language_prefix(self.material, language)
        if self.condition is None or self.root.condition:
            return f"{base}/"
        return f"/{self.condition.id}{base}/"

    def _chrome(self) -> shapes.Chrome:
        material, language, root = self.material, self.language, self.root
        site, theme = material.site, material.theme
        urls = theme.urls
        condition = None
        if self.condition is not None:
            hub = self.condition.hub(language)
            condition = shapes.ConditionRef(
                self.condition.id,
                hub.matter.title,
                hub.matter.short_title or hub.matter.title,
                material.href(root, self.condition.root, hub.url_path),
                self.condition.id,
            )

        def asset(name: str) -> str:
            return root.href(urls[name]) if name in urls else ""

        return shapes.Chrome(
            site_title=site_title(material, language),
            home_url=material.href(
                root, site.permalinks.portfolio, f"{language_prefix(material, language)}/"
            ),
            language=language,
            direction=theme.direction_of(language),
            assets=shapes.Assets(
                css=asset("site.css"),
                scheme_script=asset("js/scheme.js"),
                loader_script=asset("elements/loader.js"),
                comfort_script=asset("js/comfort.js"),
                search_script=asset("js/search.js"),
                icon=asset("icons/icon.svg"),
                others=tuple(sorted((name, root.href(path)) for name, path in urls.items())),
            ),
            condition=condition,
            navigation=tuple(
                condition_link(material, root, name, language)
                for name in sorted(site.conditions, key=self.rank)
            ),
            footer=self._footer(),
            places=self._places(),
            search_url=root.href(f"{self.prefix}search/"),
            feeds=self.feeds(),
            notice=localized(site.config.notice, language, site.config.language),
            endpoint=site.config.widgets.endpoint,
            generator=f"Gatherwell {__version__}",
        )

    def rank(self, name: str) -> tuple[bool, float, str]:
        """The order of conditions in navigation."""
        order = self.material.site.conditions[name].hub(self.language).matter.order
        return (order is None, order or 0.0, name)

    def _places(self) -> tuple[shapes.Link, ...]:
        """The parts of the condition that its menu names, as far as there is anything in them."""
        if self.condition is None:
            return ()
        site, hub = self.material.site, self.condition.hub(self.language)
        types = {article.matter.type for article in site.listed.get((self.condition.id, self.language), ())}
        home = self.root.href(hub.url_path)
        found = [("title.start", f"{home}#page-start", bool(hub.document and hub.matter.start_here))]
        found += [(f"section.{kind}", f"{home}#page-section-{kind}", kind in types) for kind in SECTION_TYPES]
        found += [
            ("title.stories", f"{home}#page-stories", not types.isdisjoint(STORY_TYPES)),
            ("title.topics", self.root.href(f"{self.prefix}topics/"), bool(types)),
        ]
        return tuple(shapes.Link(key, url) for key, url, there in found if there)

    def _footer(self) -> tuple[shapes.Link, ...]:
        prefix = language_prefix(self.material, self.language)
        pages = [("title.people", f"{prefix}/people/", bool(self.material.site.people))]
        pages.append(("title.glossary", f"{prefix}/glossary/", bool(self.material.site.glossary)))
        found = (shapes.Link(self.words(key), self.root.href(path)) for key, path, there in pages if there)
        return (*found, *self.policies())

    def policies(self) -> tuple[shapes.Link, ...]:
        """The policies, each in this language where it is written in it."""
        policies = self.material.site.policies
        own = {policy.key: policy for policy in policies.get(self.language, ())}
        links = [
            own.get(policy.key, policy) for policy in policies.get(self.material.site.config.language, ())
        ]
        links.extend(policy for policy in own.values() if policy not in links)
        return tuple(
            shapes.Link(policy.matter.title, self.root.href(policy.url_path), language=policy.language)
            for policy in links
        )

    def feeds(self) -> tuple[shapes.Link, ...]:
        name = (
            self.condition.hub(self.language).matter.title
            if self.condition
            else site_title(self.material, self.language)
        )
        return self.feed_links(self.prefix, name)

    def feed_links(self, base: str, name: str) -> tuple[shapes.Link, ...]:
        """The Atom and the JSON feed of the listing at *base*."""
        return (
            shapes.Link(f"{name} (Atom)", self.root.href(f"{base}feed.atom")),
            shapes.Link(f"{name} (JSON)", self.root.href(f"{base}feed.json")),
        )

    def crumbs(self, *further: shapes.Link) -> tuple[shapes.Link, ...]:
        """The way from the portfolio to a page of this frame."""
        way = [shapes.Link(self.chrome.site_title, self.chrome.home_url)]
        if self.chrome.condition is not None:
            way.append(shapes.Link(self.chrome.condition.short_title, self.chrome.condition.url))
        return (*way, *further)

    def common(self, url_path: str, template: str, title: str, **given: Any) -> dict[str, Any]:
        """The fields that all page kinds have; *given* overrides and adds."""
        permalink = self.root.permalink(url_path)
        owner = self.chrome.condition.short_title if self.chrome.condition else self.chrome.site_title
        fields: dict[str, Any] = {
            "template": template,
            "output_path": self.root.output_path(url_path),
            "url": self.root.href(url_path),
            "permalink": permalink,
            "canonical": permalink,
            "language": self.language,
            "chrome_id": self.chrome_id,
            "title": title,
            "head_title": title if title == owner else f"{title} – {owner}",
            "feeds": self.chrome.feeds,
            "csp": self.csp,
            "og_image": "" if given.get("noindex") else self.card_url(self.card),
        }
        fields.update(given)
        return fields


def alternates(pages: Iterable[tuple[str, str]], current: str) -> tuple[shapes.Link, ...]:
    """Translations as (language, permalink); none where a page stands alone."""
    found = tuple(shapes.Link(language_name(tag), permalink, tag == current, tag) for tag, permalink in pages)
    return found if len(found) > 1 else ()


def content_security_policy(endpoint: str, wasm: bool = False) -> str:
    """The policy of one page: its own origin for what it uses, the function's where that is another."""
    other = ""
    if endpoint.startswith("http"):
        parts = urlsplit(endpoint)
        other = f" {parts.scheme}://{parts.netloc}"
    connect = f"connect-src 'self'{other}; " if endpoint or wasm else ""
    worker = "worker-src 'self'; " if endpoint or wasm else ""
    forms = f"form-action 'self'{other}" if endpoint or wasm else "form-action 'none'"
    script = "'self' 'wasm-unsafe-eval'" if wasm else "'self'"
    return (
        f"default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; script-src {script}; "
        f"{connect}{worker}base-uri 'none'; {forms}"
    )
