"""What every page of a scope has: the shared chrome, the fields common to all page kinds, the social card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from generator.content.read import Document
from generator.files.cards import Card
from generator.ground.text import digest
from generator.site.permalinks import Root
from generator.site.types import Condition
from generator.views import types as shapes
from generator.views.chrome import make_chrome
from generator.views.context import ViewContext
from generator.views.formats import language_name
from generator.views.scope import Scope
from generator.views.security_policy import content_security_policy
from generator.views.shared_parts import extra_of, site_title

_ENCODER = msgspec.msgpack.Encoder()


class Frame(Scope):
    """A scope with what its pages share.

    *chrome_id* is the digest of *encoded_chrome*. *card* is the social card of pages that have none of their own, None
    where the configuration turns cards off.
    """

    def __init__(
        self, context: ViewContext, root: Root, language: str, condition: Condition | None = None
    ) -> None:
        super().__init__(context, root, language, condition)
        self.chrome = make_chrome(self)
        self.encoded_chrome = _ENCODER.encode(self.chrome)
        self.chrome_id = digest(self.encoded_chrome)
        self.card = self.card_for("")
        # Nearly every page names this card: its address, which takes a digest, is made once.
        self._card_url = self.root.permalink(self.card.output_path) if self.card else ""
        endpoint = context.site.config.widgets.endpoint
        self.csp = content_security_policy(endpoint)
        self.csp_with_media = content_security_policy(endpoint, plays=True)

    def card_for(self, title: str) -> Card | None:
        """The social card of a page with that title, or of the condition or portfolio where *title* is empty.

        None where the configuration turns cards off.
        """
        context = self.context
        if context.site.config.cards == "off":
            return None
        theme = context.theme
        accent, soft = theme.accents.get(self.condition.id if self.condition else "") or theme.accents[""]
        name = self.condition.hub(self.language).front_matter.title if self.condition else ""
        site = site_title(context, self.language)
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
        if card is self.card:
            return self._card_url
        return self.root.permalink(card.output_path) if card else ""

    def crumbs(self, *further: shapes.Link) -> tuple[shapes.Link, ...]:
        """Breadcrumbs from the portfolio to a page of this frame; *further* come between its condition and the page."""
        way = [shapes.Link(self.chrome.site_title, self.chrome.home_url)]
        if self.chrome.condition is not None:
            way.append(shapes.Link(self.chrome.condition.short_title, self.chrome.condition.url))
        return (*way, *further)

    def common(
        self, url_path: str, template: str, title: str, document: Document | None = None, **given: Any
    ) -> dict[str, Any]:
        """The fields that all page kinds have; *document* is the page's own file, *given* overrides and adds."""
        permalink = self.root.permalink(url_path)
        body: shapes.BodyRef | None = given.get("body")
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
            "csp": self.csp_with_media if body and body.media else self.csp,
            "extra": extra_of(self.context, document),
            "og_image": "" if given.get("noindex") else self.card_url(self.card),
        }
        fields.update(given)
        return fields


def alternates(pages: Iterable[tuple[str, str]], current: str) -> tuple[shapes.Link, ...]:
    """The translations of a page, given as (language, permalink); none where it has only one language."""
    found = tuple(shapes.Link(language_name(tag), permalink, tag == current, tag) for tag, permalink in pages)
    return found if len(found) > 1 else ()
