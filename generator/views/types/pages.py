"""The fields that every page kind has."""

from __future__ import annotations

from generator.content.front_matter.extra import Extra
from generator.ground.model import Struct
from generator.views.types.bodies import BodyRef
from generator.views.types.parts import Link


class Page(Struct, tag_field="page"):
    """Common to every page kind.

    *template* is the template's file name; *head_title* stands in ``<title>``, *title* in the ``<h1>``;
    *canonical* is absolute; *alternates* are the translations (hreflang), the page itself among them;
    *csp* is the content of the policy's ``<meta>``; *json_ld* is ready to stand in a script element;
    *chrome_id* names the shared part. *updated* is the page's last change, for the sitemap. *extra* holds the keys that
    ``front_matter.extra`` of gatherwell.yaml names, as the page's file has them.
    """

    template: str
    output_path: str
    url: str
    permalink: str
    canonical: str
    language: str
    chrome_id: str
    title: str
    head_title: str
    description: str = ""
    noindex: bool = False
    alternates: tuple[Link, ...] = ()
    feeds: tuple[Link, ...] = ()
    breadcrumbs: tuple[Link, ...] = ()
    og_type: str = "website"
    og_image: str = ""
    json_ld: str = ""
    csp: str = ""
    updated: str = ""
    edit_url: str = ""
    body: BodyRef | None = None
    status: str = ""
    extra: Extra = Extra()
