"""An article's body, and what fills each of its slots."""

from __future__ import annotations

from generator.ground.model import Struct
from generator.views.types.figures import Figure
from generator.views.types.parts import Date, Image
from generator.views.types.polls import Poll


class CrisisLine(Struct):
    """A crisis line: where to call or write now; *checked* is None where nobody has checked it yet.

    *region* is the country's name in the page's language, empty for lines that serve everywhere; *territory* is its code.
    *text* is a number for text messages; *kinds* is what it helps with, such as ``suicide``, empty for a line that serves everybody.
    """

    name: str
    number: str = ""
    text: str = ""
    url: str = ""
    hours: str = ""
    note: str = ""
    checked: Date | None = None
    region: str = ""
    kinds: tuple[str, ...] = ()
    territory: str = ""


class TermView(Struct, tag="term"):
    """A glossary term in running text: *label_html* as written, *plain* its meaning in plain words."""

    id: str
    label_html: str
    term: str
    plain: str
    url: str
    popover: str


class UrlValue(Struct, tag="url"):
    """Fills a link's ``href``."""

    url: str


class ImageValue(Struct, tag="image"):
    """Fills an image slot; *attributes* are the writer's, already checked against the allow-list."""

    image: Image
    title: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    lazy: bool = True


class PollValue(Struct, tag="poll"):
    """Fills a poll's slot with its form."""

    poll: Poll


class ResultsValue(Struct, tag="results"):
    """Fills a slot with a poll's results."""

    poll: Poll


class FiguresValue(Struct, tag="figures"):
    """Fills a slot with figures of a survey; none of them where nothing is published yet."""

    figures: tuple[Figure, ...] = ()


class CrisisValue(Struct, tag="crisis"):
    """Fills a slot with crisis lines."""

    lines: tuple[CrisisLine, ...]


class VoiceFormView(Struct):
    """A form by which members send a *kind* of text, ``story`` or ``question``; *form* is its id, *action* is empty without
    a function, *prompts* lead its writer, *script* is the address of its element, which no other page loads."""

    kind: str
    form: str
    action: str = ""
    prompts: tuple[str, ...] = ()
    script: str = ""
    you_url: str = ""


class VoiceFormValue(Struct, tag="voice"):
    """Fills a slot with the form for stories or questions."""

    form: VoiceFormView


class Captions(Struct):
    """Captions of a film: where they lie, and their language."""

    url: str
    language: str


class MediaValue(Struct, tag="media"):
    """Fills the slot of a film (*kind* ``video``) or a recording (``audio``); *url* is empty where its file is missing.

    *poster* is the picture that stands there until a film is played; *width* and *height* are 0 if unknown.
    """

    kind: str
    url: str
    label: str
    poster: str = ""
    captions: tuple[Captions, ...] = ()
    width: int = 0
    height: int = 0


class StringValue(Struct, tag="string"):
    """Fills a slot with the theme's string of that key."""

    key: str


SlotValue = (
    UrlValue
    | ImageValue
    | PollValue
    | ResultsValue
    | FiguresValue
    | TermView
    | CrisisValue
    | VoiceFormValue
    | MediaValue
    | StringValue
)


class BodyRef(Struct):
    """Which body to show, by its key, and what fills its slots, in order.

    *charts* says that the page shows figures of surveys, *media* that it plays films or recordings: it must load the
    stylesheet of either.
    """

    digest: str
    slots: tuple[SlotValue, ...] = ()
    charts: bool = False
    media: bool = False
