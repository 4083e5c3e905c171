"""Pages with few fields of their own: policies, 404, ``/you/``, redirects."""

from __future__ import annotations

from collections.abc import Sequence

from generator.site.permalinks import Root
from generator.site.types import Policy
from generator.views import types as shapes
from generator.views.chrome import policy_links
from generator.views.formats import date_view
from generator.views.frame import Frame, alternates
from generator.views.shared_parts import condition_ref, language_prefix
from generator.views.slots import body_ref
from generator.views.trust import trust_path


def policy_page(frame: Frame, policy: Policy) -> shapes.PolicyPage:
    """A page of ``_pages/``; on a condition's own host it names the portfolio's as canonical."""
    context, root = frame.context, frame.root
    site, front_matter = context.site, policy.front_matter
    portfolio: Root = site.permalinks.portfolio
    body = context.bodies.of(policy.document.source_path)
    versions = [
        (tag, portfolio.permalink(other.url_path))
        for tag in site.languages
        for other in site.policies.get(tag, ())
        if other.key == policy.key
    ]
    fields = frame.common(
        policy.url_path,
        "policy.html",
        front_matter.title,
        policy.document,
        description=front_matter.summary or body.facts.summary,
        noindex=front_matter.noindex,
        canonical=portfolio.permalink(policy.url_path),
        alternates=alternates(versions, frame.language),
        breadcrumbs=frame.crumbs(),
        body=body_ref(frame, policy.document),
        updated=front_matter.updated[:10],
        edit_url=site.config.edit_url.replace("{path}", policy.document.source_path),
    )
    return shapes.PolicyPage(
        **fields,
        changed=date_view(front_matter.updated, frame.language, site.config.zone),
        checked=date_view(front_matter.checked, frame.language, site.config.zone),
        siblings=(
            *(
                shapes.Link(link.label, link.url, link.url == root.href(policy.url_path), link.language)
                for link in policy_links(frame)
            ),
            *_trust_link(frame),
        ),
    )


def _trust_link(frame: Frame) -> tuple[shapes.Link, ...]:
    """The way to what the build proves; none in a language that a condition's own host does not speak."""
    if frame.condition is not None and frame.language not in frame.condition.hubs:
        return ()
    return (shapes.Link(frame.words("title.trust"), frame.root.href(trust_path(frame))),)


def not_found_page(frame: Frame, url_path: str, others: Sequence[Frame] = ()) -> shapes.NotFoundPage:
    """The page for addresses that are not there; *others* are the frames of further languages that it speaks."""
    fields = frame.common(
        url_path,
        "not-found.html",
        frame.words("title.not-found"),
        description=frame.describe("not-found"),
        noindex=True,
    )
    conditions = tuple(
        condition_ref(frame.context, frame.root, condition, frame.language)
        for condition in frame.conditions()
    )
    return shapes.NotFoundPage(
        **fields,
        conditions=conditions,
        others=tuple(
            shapes.Link(other.words("title.not-found"), other.chrome.home_url, language=other.language)
            for other in others
        ),
    )


def you_page(frame: Frame) -> shapes.YouPage:
    """``/you/``: filled in the browser with what this device wrote."""
    return shapes.YouPage(
        **frame.common(
            f"{language_prefix(frame.context, frame.language)}/you/",
            "you.html",
            frame.words("title.you"),
            description=frame.describe("you"),
            noindex=True,
            breadcrumbs=frame.crumbs(),
        )
    )


def redirect_page(frame: Frame, url_path: str, target: str, title: str) -> shapes.RedirectPage:
    """The page at an old address *url_path*, which leads to the permalink *target*."""
    fields = frame.common(url_path, "redirect.html", title, canonical=target, noindex=True)
    return shapes.RedirectPage(**fields, target=target)
