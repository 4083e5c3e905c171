"""An article's whole text in a feed: its body, with what feed readers can show in the place of each slot."""

from __future__ import annotations

from html import escape
from urllib.parse import urljoin

from markupsafe import Markup

from generator.ground.model import Body
from generator.site.types import Article
from generator.views import types as shapes
from generator.views.frame import Frame
from generator.views.slots import body_ref


def feed_content(frame: Frame, article: Article) -> shapes.FeedContent:
    """The body of *article*; *frame* is that of its own page. Polls, results, films and recordings become links to
    that page."""
    reference = body_ref(frame, article.document)
    base = article.permalink
    return shapes.FeedContent(
        reference.digest, base, tuple(_fill(frame, base, one) for one in reference.slots)
    )


def filled(content: shapes.FeedContent, body: Body) -> str:
    """The HTML of *body* with its slots filled; links to its own anchors lead to the article's page."""
    fragment = body.html
    pieces = [""] * (2 * len(fragment.holes) + 1)
    pieces[0::2] = [part.replace(' href="#', f' href="{escape(content.base)}#') for part in fragment.parts]
    pieces[1::2] = [content.fills[hole] for hole in fragment.holes]
    return "".join(pieces)


def _fill(frame: Frame, base: str, value: shapes.SlotValue) -> str:
    match value:
        case shapes.UrlValue():
            return escape(urljoin(base, value.url))
        case shapes.StringValue():
            return escape(frame.context.theme.strings_for(frame.language).get(value.key, value.key))
        case shapes.TermView():
            return value.label_html
        case shapes.ImageValue():
            return _image(base, value.image)
        case shapes.MediaValue():
            return _media(frame, base, value)
        case shapes.PollValue() | shapes.ResultsValue():
            return _poll(base, value.poll)
        case shapes.FiguresValue():
            # Charts need the site's style sheet: an entry names the question, and the page shows the numbers.
            return "".join(
                f'<p><a href="{escape(base)}">{escape(one.question)}</a></p>' for one in value.figures
            )
        case shapes.VoiceFormValue():
            return ""  # a form needs the page: nothing is sent from a feed reader
        case shapes.CrisisValue():
            return "<ul>{}</ul>".format("".join(map(_line, value.lines))) if value.lines else ""


def _image(base: str, image: shapes.Image) -> str:
    if not image.src:
        return escape(image.alt)
    size = f' width="{image.width}" height="{image.height}"' if image.width and image.height else ""
    return f'<img src="{escape(urljoin(base, image.src))}" alt="{escape(image.alt)}"{size}>'


def _media(frame: Frame, base: str, media: shapes.MediaValue) -> str:
    """The picture of a film, and a link to the page on which it is played with its captions."""
    words = frame.context.theme.strings_for(frame.language)
    poster = shapes.Image(media.poster, media.label, media.width, media.height)
    shown = _image(base, poster) if media.poster else ""
    key = f"media.{media.kind}"
    return f'<p><a href="{escape(base)}">{shown}{escape(words.get(key, key))}</a></p>'


def _poll(base: str, poll: shapes.Poll) -> str:
    """The question as a link to the page on which it is asked."""
    if not poll.id or poll.article is None:
        return ""
    address = urljoin(base, f"{poll.article.url}#{poll.anchor}")
    return f'<p><a href="{escape(address)}">{escape(Markup(poll.question_html).striptags())}</a></p>'


def _line(line: shapes.CrisisLine) -> str:
    parts = [line.name, line.region, line.number, line.text, line.hours, line.note]
    words = escape(" · ".join(part for part in parts if part))
    link = f' <a href="{escape(line.url)}">{escape(line.url)}</a>' if line.url else ""
    return f"<li>{words}{link}</li>"
