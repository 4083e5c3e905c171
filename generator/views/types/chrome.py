"""What all pages of one root, condition and language share: head, header, footer."""

from __future__ import annotations

from generator.ground.model import Struct
from generator.views.types.bodies import CrisisLine
from generator.views.types.parts import ConditionRef, Image, Link


class Assets(Struct):
    """Fingerprinted URLs of what every page may load from its own origin."""

    css: str
    scheme_script: str = ""
    loader_script: str = ""
    comfort_script: str = ""
    search_script: str = ""
    icon: str = ""
    others: tuple[tuple[str, str], ...] = ()


class OrganisationView(Struct):
    """Who publishes the site, as the settings say."""

    name: str
    url: str = ""
    email: str = ""
    telephone: str = ""
    address: str = ""
    charity_number: str = ""


class Chrome(Struct):
    """What all pages of one root, condition and language share.

    It has no counts and names no article: a new article would change them on every page.

    *places* are the parts of the condition (or of the portfolio) that its menu names: a label there is a key
    of the strings (``section.basics``, ``title.topics``). *navigation* are the conditions. *you_url* is the page of
    one's own contributions, empty without a function. *help* are the crisis lines that every page holds. *named* are
    the pages that templates name by file path, for ``url()``. *menu* is what the settings write as the menu; a *logo*
    with an alternative text says the site's title itself. *footer* begins with the links that the settings write.
    *medical* is false where a site is about no condition of health.
    """

    site_title: str
    home_url: str
    language: str
    direction: str
    assets: Assets
    condition: ConditionRef | None = None
    places: tuple[Link, ...] = ()
    navigation: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    search_url: str = ""
    you_url: str = ""
    help: tuple[CrisisLine, ...] = ()
    feeds: tuple[Link, ...] = ()
    notice: str = ""
    endpoint: str = ""
    generator: str = ""
    menu: tuple[Link, ...] = ()
    logo: Image | None = None
    footer_text: str = ""
    organisation: OrganisationView | None = None
    social: tuple[Link, ...] = ()
    medical: bool = True
    named: tuple[tuple[str, str], ...] = ()
