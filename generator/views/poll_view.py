"""Polls as pages show them: question, choices, tally, and whether voting is open."""

from __future__ import annotations

from collections.abc import Mapping

from generator.schema.dates import canonical_moment, local_day
from generator.site.answers import Said
from generator.site.permalinks import Root
from generator.site.polls import Asked, closing_moment
from generator.views import types as shapes
from generator.views.answers import answer_link
from generator.views.chart_geometry import percent
from generator.views.context import ViewContext
from generator.views.formats import day_view, time_view
from generator.views.shared_parts import language_prefix
from generator.views.surveys import open_surveys_link


def poll_view(context: ViewContext, root: Root, asked: Asked, with_you: bool = False) -> shapes.Poll:
    """A poll as pages on *root* show it, with the snapshot's tally where one may be shown."""
    poll, article, site = asked.poll, asked.article, context.site
    answer = context.snapshot.polls.get(asked.id)
    results = answer.results if answer is not None and answer.version == poll.version else None
    votes = {option.key: option.votes for option in results.options} if results else {}
    total = results.voters if results else -1
    closing = closing_moment(poll, site)
    endpoint = site.config.widgets.endpoint
    fetched = context.snapshot.fetched
    return shapes.Poll(
        id=asked.id,
        anchor=f"poll-{poll.slug}",
        question_html=poll.question_html,
        choices=tuple(
            _choice(option.key, option.html, option.label, votes, total) for option in poll.options
        ),
        action=f"{endpoint}/polls/{asked.id}/votes" if endpoint and site.config.widgets.polls else "",
        multiple=poll.multiple,
        minimum=poll.minimum,
        maximum=poll.maximum,
        version=poll.version,
        closes=time_view(canonical_moment(poll.closes), article.language, context.site.config.zone)
        if poll.closes
        else None,
        closed=bool(closing) and closing <= context.now,
        results=poll.results,
        sensitive=poll.sensitive,
        total=total,
        as_of=day_view(local_day(canonical_moment(fetched), site.config.zone), article.language)
        if results and fetched
        else None,
        you_url=root.href(f"{language_prefix(context, article.language)}/you/")
        if endpoint and with_you
        else "",
        surveys_url=open_surveys_link(context, root, article.condition, article.language),
        answer=answer_link(context, root, Said("poll", asked.id), article.language),
        article=shapes.Link(article.front_matter.title, context.href(root, article.root, article.url_path)),
    )


def _choice(key: str, html: str, label: str, votes: Mapping[str, int], total: int) -> shapes.PollChoice:
    if total < 0:
        return shapes.PollChoice(key, html, label)
    count = votes.get(key, 0)
    return shapes.PollChoice(key, html, label, count, percent(count, total))
