"""View → bytes: a page's template rendered with its view, its chrome and its body's slots filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator.ground.errors import SiteError
from generator.ground.model import Body, Fragment
from generator.theme.codegen import find_template, render_template
from generator.theme.environment import Environment, make_environment, make_look_up
from generator.theme.template_errors import theme_error
from generator.theme.types import Theme
from generator.views.types import (
    AnyPage,
    BodyRef,
    Chrome,
    CrisisValue,
    FiguresValue,
    ImageValue,
    MediaValue,
    PollValue,
    ResultsValue,
    SlotValue,
    StringValue,
    TermView,
    UrlValue,
    VoiceFormValue,
)

# Parts that depend on the chrome alone; each is rendered once per chrome and given to pages by this name.
_CHROME_PARTS = {
    "chrome_head": "partials/chrome-head.html",
    "chrome_header": "partials/chrome-header.html",
    "chrome_footer": "partials/chrome-footer.html",
}

_Addresses = tuple[tuple[str, str], ...]


class Renderer:
    """Renders pages of one theme; keeps compiled templates and the chrome's parts between pages.

    What it keeps never changes a page's bytes: equal arguments give equal bytes, whatever came before.
    """

    def __init__(self, theme: Theme, bytecode_dir: Path | None = None) -> None:
        self._theme = theme
        self._bytecode_dir = bytecode_dir
        self._environments: dict[tuple[str, _Addresses, _Addresses], Environment] = {}
        self._chromes: dict[str, tuple[Chrome, dict[str, Markup]]] = {}

    def render(self, page: AnyPage, chrome: Chrome, body: Body | None = None) -> bytes:
        """The bytes of *page*.

        Raises:
            ThemeError: a template is at fault; names its file and line.
        """
        environment = self._environment(page.language, chrome)
        variables: dict[str, Any] = {"page": page, "chrome": chrome, "body": Markup(""), "notes": ()}
        variables.update(self._chrome_parts(chrome, environment))
        if body is not None and page.body is not None:
            fill = self._filler(page.body, body, environment)
            variables["body"] = fill(body.html)
            variables["notes"] = [fill(note.html) for note in body.facts.footnotes]
        return self._run(environment, page.template, variables).encode()

    def compile_share(self, languages: Iterable[str], part: int, parts: int) -> None:
        """Compile one of *parts* shares of all templates for pages in *languages*.

        Others find them among the bytecode. What is wrong with a template shows when it is rendered.
        """
        for language in languages:
            environment = make_environment(self._theme, language, self._bytecode_dir)
            for name in list(self._theme.templates)[part::parts]:
                with suppress(jinja2.TemplateError):
                    find_template(environment, name)

    def _environment(self, language: str, chrome: Chrome) -> Environment:
        """The environment of pages in *language* that share addresses of assets and of the pages that templates name."""
        # The chrome knows where assets are: in a preview its theme's colours may be newer than this renderer.
        key = language, chrome.assets.others, chrome.named
        environment = self._environments.get(key)
        if environment is None:
            asset = make_look_up("asset", dict(chrome.assets.others))
            url = make_look_up("page", dict(chrome.named))
            environment = make_environment(self._theme, language, self._bytecode_dir, asset, url)
            self._environments[key] = environment
        return environment

    def _chrome_parts(self, chrome: Chrome, environment: Environment) -> dict[str, Markup]:
        key = f"{chrome.language} {chrome.home_url} {chrome.condition.id if chrome.condition else ''}"
        known = self._chromes.get(key)
        if known is not None and (known[0] is chrome or known[0] == chrome):
            return known[1]
        parts = {
            variable: Markup(self._run(environment, name, {"chrome": chrome}))
            for variable, name in _CHROME_PARTS.items()
        }
        self._chromes[key] = chrome, parts
        return parts

    def _run(self, environment: Environment, name: str, variables: dict[str, Any]) -> str:
        try:
            return render_template(environment, name, variables)
        except SiteError:
            raise
        except Exception as error:
            raise theme_error(error, self._theme, name) from error

    def _filler(
        self, reference: BodyRef, body: Body, environment: Environment
    ) -> Callable[[Fragment], Markup]:
        if len(reference.slots) != len(body.slots):
            raise ValueError(
                f"a view fills {len(reference.slots)} slots of a body that has {len(body.slots)}"
            )
        filled = [self._slot(value, environment) for value in reference.slots]

        def fill(fragment: Fragment) -> Markup:
            if not fragment.holes:
                return Markup(fragment.parts[0])
            pieces = [""] * (2 * len(fragment.holes) + 1)
            pieces[0::2] = fragment.parts
            pieces[1::2] = [filled[hole] for hole in fragment.holes]
            return Markup("".join(pieces))

        return fill

    def _slot(self, value: SlotValue, environment: Environment) -> str:
        if isinstance(value, UrlValue):
            return escape(value.url)
        if isinstance(value, StringValue):
            return self._string(value.key, environment)
        if isinstance(value, TermView):
            return self._run(environment, "partials/term.html", {"term": value})
        if isinstance(value, ImageValue):
            if not value.image.src:  # there is no such file, and the configuration lowers that to a warning
                return escape(value.image.alt)
            variables: dict[str, Any] = {
                "image": value.image,
                "title": value.title,
                "attributes": value.attributes,
                "lazy": value.lazy,
            }
            return self._run(environment, "partials/image.html", variables)
        if isinstance(value, MediaValue):
            if not value.url:
                return escape(value.label)
            return self._run(environment, "partials/media.html", {"media": value})
        if isinstance(value, PollValue):
            return self._run(environment, "partials/poll.html", {"poll": value.poll})
        if isinstance(value, ResultsValue):
            return self._run(environment, "partials/poll-results.html", {"poll": value.poll})
        if isinstance(value, FiguresValue):
            return self._run(environment, "partials/figures.html", {"figures": value.figures})
        if isinstance(value, VoiceFormValue):
            return self._run(environment, "partials/voice-form.html", {"form": value.form})
        assert isinstance(value, CrisisValue)
        return self._run(environment, "partials/crisis.html", {"lines": value.lines})

    def _string(self, key: str, environment: Environment) -> str:
        translate: Any = environment.globals["t"]
        try:
            return str(translate(key))
        except Exception as error:
            raise theme_error(error, self._theme, f"i18n (asked for by a body: '{key}')") from error
