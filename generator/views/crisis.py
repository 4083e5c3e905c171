"""Crisis lines as pages show them."""

from __future__ import annotations

from generator.schema.dates import MOMENT
from generator.theme.locales import locale_of
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.formats import date_view


def crisis_lines(context: ViewContext, language: str) -> tuple[shapes.CrisisLine, ...]:
    """The crisis lines of a language: those that serve everywhere first, then each country's."""
    lines: list[shapes.CrisisLine] = []
    for locale in sorted(context.site.crisis):
        if locale.split("-")[0] != language.split("-")[0]:
            continue
        territory = locale.partition("-")[2].rpartition("-")[2]
        region = locale_of(language).territories.get(territory, territory) if territory else ""
        for entry in context.site.crisis[locale]:
            checked = (
                date_view(MOMENT.function(entry.checked), language, context.site.config.zone)
                if entry.checked
                else None
            )
            lines.append(
                shapes.CrisisLine(
                    name=entry.name,
                    number=entry.number,
                    text=entry.text,
                    url=entry.url,
                    hours=entry.hours,
                    note=entry.note,
                    checked=checked,
                    region=region,
                    kinds=entry.kinds,
                    territory=territory,
                )
            )
    return tuple(lines)


def lines_or_others(context: ViewContext, language: str) -> tuple[shapes.CrisisLine, ...]:
    """The crisis lines of a language; where it has none, those of the site's other languages."""
    others = dict.fromkeys(locale.split("-")[0] for locale in sorted(context.site.crisis))
    return crisis_lines(context, language) or tuple(
        line for other in others for line in crisis_lines(context, other)
    )


def crisis_words(context: ViewContext, language: str) -> tuple[str, ...]:
    """The words by which the crisis lines of a language are found."""
    locales = [one for one in sorted(context.site.crisis) if one.split("-")[0] == language.split("-")[0]]
    words = [word for one in locales for entry in context.site.crisis[one] for word in entry.search_words]
    return tuple(dict.fromkeys(words))
