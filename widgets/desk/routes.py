"""Owns the desk as an application below /desk."""

from __future__ import annotations

from typing import Final

from starlette.routing import BaseRoute, Route, Router
from starlette.types import ASGIApp

from widgets.desk.auth import passkeys, signing
from widgets.desk.middleware import endpoint
from widgets.desk.moderation import (
    comment_page,
    digest,
    false_alarms,
    for_you,
    lists,
    mistakes,
    questions,
    queue,
    texts,
    voices,
)
from widgets.desk.pages.frame import asset
from widgets.desk.request import BY_ACTION, DeskRoute
from widgets.function.state.services import Services

ROUTES: Final = (
    DeskRoute("GET", "/assets/{name}", None, asset),
    DeskRoute("GET", "/sign-in", None, signing.sign_in_page),
    DeskRoute("GET", "/enter", None, signing.link_page),
    DeskRoute("POST", "/enter", None, signing.enter),
    DeskRoute("POST", "/passkeys/sign-in-options", None, passkeys.sign_in_options),
    DeskRoute("POST", "/passkeys/sign-in", None, passkeys.sign_in),
    DeskRoute("POST", "/sign-out", "account", signing.leave),
    DeskRoute("GET", "/account", "account", passkeys.account),
    DeskRoute("POST", "/passkeys/options", "account", passkeys.registration_options),
    DeskRoute("POST", "/passkeys", "account", passkeys.register),
    DeskRoute("POST", "/passkeys/remove", "account", passkeys.remove),
    DeskRoute("GET", "/", "queue", queue.show),
    DeskRoute("POST", "/bulk", "queue", queue.bulk),
    DeskRoute("POST", "/undo", "undo", queue.take_back),
    DeskRoute("GET", "/items/{comment}", "read", comment_page.show),
    DeskRoute("POST", "/items/{comment}/{act}", BY_ACTION, comment_page.take_action),
    DeskRoute("GET", "/search", "search", lists.search_page),
    DeskRoute("POST", "/search", "search", lists.search),
    DeskRoute("GET", "/unanswered", "unanswered", for_you.show),
    DeskRoute("GET", "/questions/{question}", "read", questions.show),
    DeskRoute("POST", "/questions/{question}/{act}", BY_ACTION, questions.take_action),
    DeskRoute("GET", "/feed/{token}.atom", None, digest.show),
    DeskRoute("POST", "/feed", "feed", digest.make),
    DeskRoute("POST", "/feed/end", "feed", digest.end),
    DeskRoute("GET", "/texts", "texts", texts.show),
    DeskRoute("POST", "/texts/seen", "texts", texts.note_seen),
    DeskRoute("GET", "/alarms", "alarms", false_alarms.show),
    DeskRoute("POST", "/alarms/forget", "alarms", false_alarms.forget),
    DeskRoute("GET", "/voices", "voices", voices.show),
    DeskRoute("GET", "/voices/{voice}", "voices", voices.show_one),
    DeskRoute("POST", "/voices/{voice}/{act}", BY_ACTION, voices.take_action),
    DeskRoute("GET", "/mistakes", "mistakes", mistakes.show),
    DeskRoute("POST", "/mistakes", "mistakes", mistakes.done),
    DeskRoute("POST", "/mistakes/seen", "claim", mistakes.note_seen),
    DeskRoute("GET", "/load", "load", lists.load),
    DeskRoute("GET", "/audit", "audit", lists.audit),
)


def make_desk(services: Services) -> ASGIApp:
    mounted: list[BaseRoute] = []
    for path in dict.fromkeys(route.path for route in ROUTES):
        here = [route for route in ROUTES if route.path == path]
        mounted.append(Route(path, endpoint(services, here), methods=[route.method for route in here]))
    return Router(mounted, redirect_slashes=False)
