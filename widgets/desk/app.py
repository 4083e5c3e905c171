"""Owns the desk as an application below /desk."""

from __future__ import annotations

from typing import Final

from starlette.routing import BaseRoute, Route, Router
from starlette.types import ASGIApp

from widgets.desk import item, lists, passkeys, queue, signing
from widgets.desk.call import BY_ACT, Way
from widgets.desk.door import endpoint
from widgets.desk.pages import asset
from widgets.function.services import Services

WAYS: Final = (
    Way("GET", "/assets/{name}", None, asset),
    Way("GET", "/sign-in", None, signing.sign_in_page),
    Way("GET", "/enter", None, signing.link_page),
    Way("POST", "/enter", None, signing.enter),
    Way("POST", "/passkeys/sign-in-options", None, passkeys.sign_in_options),
    Way("POST", "/passkeys/sign-in", None, passkeys.sign_in),
    Way("POST", "/sign-out", "account", signing.leave),
    Way("GET", "/account", "account", passkeys.account),
    Way("POST", "/passkeys/options", "account", passkeys.registration_options),
    Way("POST", "/passkeys", "account", passkeys.register),
    Way("POST", "/passkeys/remove", "account", passkeys.remove),
    Way("GET", "/", "queue", queue.show),
    Way("POST", "/bulk", "queue", queue.bulk),
    Way("POST", "/undo", "undo", queue.take_back),
    Way("GET", "/items/{comment}", "read", item.show),
    Way("POST", "/items/{comment}/{act}", BY_ACT, item.act),
    Way("GET", "/search", "search", lists.search_page),
    Way("POST", "/search", "search", lists.search),
    Way("GET", "/unanswered", "unanswered", lists.unanswered),
    Way("GET", "/load", "load", lists.load),
    Way("GET", "/audit", "audit", lists.audit),
)


def make_desk(services: Services) -> ASGIApp:
    paths = dict.fromkeys(way.path for way in WAYS)
    routes: list[BaseRoute] = []
    for path in paths:
        ways = [way for way in WAYS if way.path == path]
        routes.append(Route(path, endpoint(services, ways), methods=[way.method for way in ways]))
    return Router(routes, redirect_slashes=False)
