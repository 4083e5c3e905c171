"""What all pages of one scope share: assets, navigation, menu, footer, feeds."""

from __future__ import annotations

from generator import __version__
from generator.content.config import localized
from generator.content.identity import Organisation
from generator.site.context import site_logo
from generator.views import types as shapes
from generator.views.crisis import crisis_lines
from generator.views.hub_parts import hub_parts, listed_types
from generator.views.named_pages import SETTINGS, condition_menu, menu_links, template_pages
from generator.views.scope import Scope
from generator.views.shared_parts import (
    AS_LOGO,
    condition_link,
    condition_ref,
    image_view,
    language_prefix,
    site_title,
)


def make_chrome(scope: Scope) -> shapes.Chrome:
    """The chrome of the pages of *scope*."""
    context, language, root = scope.context, scope.language, scope.root
    config = context.site.config
    portfolio = context.site.permalinks.portfolio
    own_menu = condition_menu(scope)
    demonstration = scope.words("demonstration") if config.demonstration else ""
    return shapes.Chrome(
        site_title=site_title(context, language),
        home_url=context.href(root, portfolio, f"{language_prefix(context, language)}/"),
        language=language,
        direction=context.theme.direction_of(language),
        assets=_assets(scope),
        condition=condition_ref(context, root, scope.condition, language) if scope.condition else None,
        navigation=tuple(
            condition_link(context, root, condition.id, language) for condition in scope.conditions()
        ),
        footer=_footer(scope),
        places=() if own_menu else _places(scope),
        search_url=root.href(f"{scope.prefix}search/"),
        you_url=root.href(f"{language_prefix(context, language)}/you/") if config.widgets.endpoint else "",
        help=_help(scope),
        feeds=_feeds(scope),
        notice=localized(config.notice, language, config.language) or demonstration,
        endpoint=config.widgets.endpoint,
        generator=f"Gatherwell {__version__}",
        menu=own_menu or menu_links(scope, config.menu, SETTINGS),
        logo=_logo(scope),
        footer_text=localized(config.footer.text, language, config.language),
        organisation=_organisation(config.organisation),
        social=_social(scope),
        medical=config.medical,
        named=template_pages(scope),
    )


def _organisation(written: Organisation | None) -> shapes.OrganisationView | None:
    if written is None:
        return None
    fields = {name: str(getattr(written, name)) for name in written.__struct_fields__}
    return shapes.OrganisationView(**fields)


def _social(scope: Scope) -> tuple[shapes.Link, ...]:
    """The condition's places elsewhere, or else the site's."""
    own = scope.condition.hub(scope.language).front_matter.social if scope.condition else {}
    places = own or scope.context.site.config.social
    return tuple(shapes.Link(name, url) for name, url in places.items())


def _logo(scope: Scope) -> shapes.Image | None:
    """The condition's logo, or else the site's."""
    context, config = scope.context, scope.context.site.config
    hub = scope.condition.hub(scope.language) if scope.condition else None
    if hub and hub.document and hub.front_matter.logo:
        path = context.picture(hub.document.source_path, hub.front_matter.logo)
        return image_view(context, scope.root, path, hub.front_matter.logo_alt, AS_LOGO)
    if not config.logo:
        return None
    alt = localized(config.logo_alt, scope.language, config.language)
    return image_view(context, scope.root, site_logo(config), alt, AS_LOGO)


def _assets(scope: Scope) -> shapes.Assets:
    urls = {name: scope.root.href(path) for name, path in scope.context.theme.urls.items()}
    return shapes.Assets(
        css=urls.get("site.css", ""),
        scheme_script=urls.get("js/scheme.js", ""),
        loader_script=urls.get("elements/loader.js", ""),
        comfort_script=urls.get("js/comfort.js", ""),
        search_script=urls.get("js/search.js", ""),
        icon=urls.get("icons/icon.svg", ""),
        others=tuple(sorted(urls.items())),
    )


def _places(scope: Scope) -> tuple[shapes.Link, ...]:
    """The parts of the condition that its menu names, without those that are empty."""
    condition = scope.condition
    if condition is None:
        return ()
    home = scope.root.href(condition.hub(scope.language).url_path)
    parts = hub_parts(scope.context, condition, scope.language)
    found = [shapes.Link(part.label, f"{home}#{part.anchor}") for part in parts]
    if listed_types(scope.context, condition, scope.language):
        found.append(shapes.Link("title.topics", scope.root.href(f"{scope.prefix}topics/")))
    return tuple(found)


def _footer(scope: Scope) -> tuple[shapes.Link, ...]:
    site, prefix = scope.context.site, language_prefix(scope.context, scope.language)
    you = bool(site.config.widgets.endpoint)
    pages = (
        ("title.you", f"{prefix}/you/", you),
        ("title.people", f"{prefix}/people/", bool(site.people)),
        ("title.glossary", f"{prefix}/glossary/", bool(site.glossary)),
    )
    found = (shapes.Link(scope.words(key), scope.root.href(path)) for key, path, there in pages if there)
    own = menu_links(scope, scope.context.site.config.footer.links, SETTINGS)
    named = {link.url for link in own}
    return (*own, *(link for link in (*found, *policy_links(scope)) if link.url not in named))


def policy_links(scope: Scope) -> tuple[shapes.Link, ...]:
    """The policies in the scope's language, each in the site's own language where it is not translated."""
    policies = scope.context.site.policies
    translated = {policy.key: policy for policy in policies.get(scope.language, ())}
    shown = [
        translated.get(policy.key, policy) for policy in policies.get(scope.context.site.config.language, ())
    ]
    shown.extend(policy for policy in translated.values() if policy not in shown)
    return tuple(
        shapes.Link(policy.front_matter.title, scope.root.href(policy.url_path), language=policy.language)
        for policy in shown
    )


def _help(scope: Scope) -> tuple[shapes.CrisisLine, ...]:
    """The crisis lines of the scope's language, of the site's where there are none; none where the hub says so."""
    context = scope.context
    if scope.condition is not None and not scope.condition.hub(scope.language).front_matter.crisis:
        return ()
    return crisis_lines(context, scope.language) or crisis_lines(context, context.site.config.language)


def _feeds(scope: Scope) -> tuple[shapes.Link, ...]:
    condition = scope.condition
    title = condition.hub(scope.language).front_matter.title if condition else ""
    return scope.feed_links(scope.prefix, title or site_title(scope.context, scope.language))
