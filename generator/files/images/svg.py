"""SVG images: scripts, links and references to anything outside of the file are refused."""

from __future__ import annotations

import re
from xml.parsers import expat

from generator.files.images.files import Made

_SVG = "http://www.w3.org/2000/svg"
_FORBIDDEN = frozenset(
    {
        "script",
        "foreignobject",
        "iframe",
        "object",
        "embed",
        "handler",
        "listener",
        "audio",
        "video",
        "link",
        "meta",
        "base",
    }
)
_ADDRESSES = frozenset({"href", "src", "data", "action", "formaction", "base", "srcset"})
_INSIDE = re.compile(r"\s*(?:#|data:image/(?:png|jpe?g|gif|webp|avif)[;,])", re.I)
_CSS_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.I | re.S)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_CSS_URL = re.compile(r"url\(\s*[\"']?\s*([^)\"']*)", re.I)
_CSS_FORBIDDEN = re.compile(
    r"@import|@font-face|expression\s*\(|javascript:|image-set\s*\(|-moz-binding|behavior\s*:", re.I
)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)(?:px)?\s*")
_EXPORT = "export it as a plain SVG, without scripts, links and linked files"


class _UnsafeError(Exception):
    """Says why an SVG image is refused."""


def make_svg(raw: bytes) -> Made:
    """The size of an SVG image in pixels (0 where the file has none), or what is wrong with it."""
    if not raw.strip():
        return Made(problem="is empty", hint="export the image again")
    reader = _Reader()
    try:
        reader.parser.Parse(raw, True)
    except _UnsafeError as reason:
        return Made(problem=str(reason), hint=_EXPORT)
    except (expat.ExpatError, ValueError, LookupError) as error:
        line = f" (line {error.lineno})" if isinstance(error, expat.ExpatError) else ""
        return Made(
            problem=f"is not an SVG image that can be read{line}", hint="export it again as SVG or PNG"
        )
    width, height = reader.size
    return Made(width, height)


class _Reader:
    """Checks an SVG image while it is parsed. Element and attribute names come as ``namespace name``."""

    def __init__(self) -> None:
        self.size = (0, 0)
        self._depth = 0
        self._style: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        # An entity could hide a forbidden name or expand without limit; plain drawings declare none.
        self.parser.EntityDeclHandler = self._entity
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if self._depth == 0:
            self._root(space, local, attributes)
        self._depth += 1
        if local.casefold() in _FORBIDDEN or space.endswith("/xhtml"):
            raise _UnsafeError(f"holds a <{local}> element")
        if local == "style" and space == _SVG:
            self._style = []
        for key, value in attributes.items():
            _check_attribute(local, key.rpartition(" ")[2].casefold(), value)

    def _root(self, space: str, local: str, attributes: dict[str, str]) -> None:
        if local != "svg":
            raise expat.ExpatError("no svg element")
        if space != _SVG:
            raise _UnsafeError('has no xmlns="http://www.w3.org/2000/svg", so browsers show nothing')
        self.size = _size(attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._style is not None and name == f"{_SVG} style":
            _check_css("".join(self._style))
            self._style = None

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _entity(self, *_: object) -> None:
        raise _UnsafeError("declares entities")

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            raise _UnsafeError("has a document type with declarations of its own")

    def _instruction(self, target: str, _text: str) -> None:
        raise _UnsafeError(f"holds a processing instruction <?{target}?>")


def _check_attribute(element: str, name: str, value: str) -> None:
    if name.startswith("on"):
        raise _UnsafeError(f"holds a script in {name}=")
    if name in _ADDRESSES and value.strip() and not _INSIDE.match(value):
        raise _UnsafeError(f"refers to something outside of itself ({name}=)")
    animated = element.casefold().startswith(("animate", "set"))
    if animated and name == "attributename" and _animates_address(value):
        raise _UnsafeError(f"changes an address or a script by <{element}>")
    if "\\" in value or "(" in value or ":" in value:
        _check_css(value, whole=name == "style")


def _animates_address(value: str) -> bool:
    target = value.strip().rpartition(":")[2].casefold()
    return target in _ADDRESSES or target.startswith("on")


def _check_css(text: str, whole: bool = True) -> None:
    plain = _CSS_COMMENT.sub("", _CSS_ESCAPE.sub(_unescaped, text))
    found = _CSS_FORBIDDEN.search(plain) if whole else re.match(r"\s*(?:java|vb)script\s*:", plain, re.I)
    if found:
        raise _UnsafeError(f"has styles with {found[0].strip()}")
    for address in _CSS_URL.findall(plain):
        if not _INSIDE.match(address):
            raise _UnsafeError("has styles that refer to something outside of the file")


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        code = int(found[1], 16)
        return chr(code) if 0 < code < 0x110000 else "\ufffd"
    return found[2]


def _size(attributes: dict[str, str]) -> tuple[int, int]:
    width, height = (_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height"))
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = attributes.get("viewBox", "").replace(",", " ").split()
    try:
        sides = float(box[2]), float(box[3])
        return (round(sides[0]), round(sides[1])) if min(sides) > 0 else (0, 0)
    except (IndexError, ValueError, OverflowError):
        return 0, 0
