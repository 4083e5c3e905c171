"""Owns reading requests: body limits, well-formed headers, and the checks that every write must pass."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

import msgspec
from starlette.requests import ClientDisconnect, Request

from widgets.contract.problems import Problem
from widgets.function.state.services import Services
from widgets.rules.keys import DEVICE_KEY, IDEMPOTENCY_KEY

T = TypeVar("T")

COOKIE = "__Host-gw"
PLAIN_COOKIE = "gw"  # the preview over plain http: browsers refuse the other there
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
_SINGLE = (
    *("origin", "referer", "content-type", "sec-fetch-site", "gatherwell-key", "idempotency-key"),
    "gatherwell-news",
    "x-gatherwell-proxy",
)
_FORM_FIELDS = 64
_BYTES = 12  # of a character at most, as a form sends it: four bytes of UTF-8, three letters each
_BESIDE = 8 * 1024  # bytes for names of fields and what is sent beside a text
_LANGUAGES = 4


@dataclass(frozen=True, slots=True)
class Write:
    """A write that passed all checks: from our own site, of a known type, of bounded size."""

    origin: str
    is_form: bool
    body: bytes
    device: str | None
    idempotency: str | None
    address: str
    back: str | None  # the path of the page with the form, from the Referer
    languages: tuple[str, ...] = ()  # what the browser asks for, for lines of help in these too; never kept

    def form(self, most: int = _FORM_FIELDS) -> dict[str, list[str]]:
        """Fields by name, at most so many. Raises Problem."""
        try:
            text = self.body.decode("utf-8")
            pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=most, errors="strict")
        except ValueError:
            raise Problem("body-malformed") from None
        fields: dict[str, list[str]] = {}
        for name, value in pairs:
            fields.setdefault(name, []).append(value)
        return fields

    def fields(self) -> dict[str, str]:
        """A form's fields by name, of a repeated one the first. Raises Problem."""
        return {name: values[0] for name, values in self.form().items()}

    def json(self, shape: type[T]) -> T:
        """The body as that struct. Raises Problem."""
        try:
            return msgspec.json.decode(self.body or b"{}", type=shape)
        except msgspec.ValidationError as error:
            raise Problem("body-invalid", _safe_path(error)) from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Problem("body-malformed") from None


def _safe_path(error: msgspec.ValidationError) -> str | None:
    """Where in the body it went wrong. The library's message can hold a field's name as sent; its path
    cannot."""
    _, found, path = str(error).rpartition(" - at `")
    return f"At {path.rstrip('`')}." if found and path.startswith("$") and "[...]" not in path else None


def member_key(request: Request, secure_cookie: bool) -> str | None:
    """The device key of the header, else of the cookie. Raises Problem on a malformed one."""
    key = request.headers.get("gatherwell-key")
    if key is None:
        key = request.cookies.get(COOKIE if secure_cookie else PLAIN_COOKIE)
    if key is None:
        return None
    if not DEVICE_KEY.fullmatch(key):
        raise Problem("key-malformed")
    return key


def known_key(request: Request, secure_cookie: bool) -> str | None:
    """The device key; None where there is none, or a malformed one."""
    try:
        return member_key(request, secure_cookie)
    except Problem:
        return None


def check_headers(request: Request) -> None:
    """No header that decides something may come twice. Raises Problem."""
    names = [name for name, _ in request.scope["headers"]]
    if len(names) == len(set(names)):
        return
    for name in _SINGLE:
        if len(request.headers.getlist(name)) > 1:
            raise Problem("header-malformed", f"{name} came more than once.")


def content_type(request: Request) -> str:
    """The media type, or `other` for a charset that is not UTF-8."""
    kind, _, rest = request.headers.get("content-type", "").lower().partition(";")
    charset = rest.partition("charset=")[2].partition(";")[0].strip(" \t\"'")
    return kind.strip() if charset in ("", "utf-8", "utf8") else "other"


def accepted_languages(request: Request) -> tuple[str, ...]:
    """The first few languages of Accept-Language without their countries, in the order written."""
    asked = request.headers.get("accept-language")
    if not asked:
        return ()
    ranges = asked.lower().split(",")[:_LANGUAGES]
    tags = (one.partition(";")[0].partition("-")[0].strip() for one in ranges)
    return tuple(dict.fromkeys(tag for tag in tags if tag.isascii() and tag.isalpha()))


def wants_html(headers: Mapping[str, str]) -> bool:
    """Whether a person reads the answer: a form was posted, or a browser asks for a page."""
    sent = headers.get("content-type", "").partition(";")[0].strip().lower()
    return sent == FORM or "text/html" in headers.get("accept", "")


def single_query(request: Request, allowed: set[str]) -> dict[str, str]:
    """Query parameters, each once and known: an unknown one would only make another copy in every cache.

    Raises Problem.
    """
    pairs = request.query_params.multi_items()
    query = dict(pairs)
    if len(pairs) != len(query) or not query.keys() <= allowed:
        raise Problem("query-invalid", "Each parameter once, and none but those that are documented.")
    return query


async def own_reader(request: Request, services: Services) -> str | None:
    """The origin that may read an answer for one person; None where the browser sends none, as for a page of the same
    origin. Raises Problem for another site's page.
    """
    check_headers(request)
    origin = request.headers.get("origin")
    if origin is None:
        if request.headers.get("sec-fetch-site") == "cross-site":
            raise Problem("origin-refused")
    elif not services.own_origin(await services.manifest.current(), origin):
        raise Problem("origin-refused")
    return origin


def body_limit(services: Services, characters: int = 0) -> int:
    """Bytes of a body whose texts may have so many characters, of whatever script: the limit of characters comes first."""
    return max(services.settings.body_limit, _BYTES * characters + _BESIDE)


async def read_write(request: Request, services: Services, characters: int = 0) -> Write:
    """Read and check a write, whose texts may have so many *characters* together. Raises Problem."""
    check_headers(request)
    manifest = await services.manifest.current()
    origin = request.headers.get("origin")
    if origin is None:
        raise Problem("origin-missing")
    if not services.own_origin(manifest, origin):
        raise Problem("origin-refused")
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "same-site", "cross-site"):
        raise Problem("origin-refused", "Sec-Fetch-Site does not agree with a post from a page.")
    body = await _read_body(request, services, body_limit(services, characters))
    kind = content_type(request)
    if kind not in (JSON, FORM) and not (request.method == "DELETE" and not body and not kind):
        raise Problem("content-type")
    if kind == FORM and request.method != "POST":
        raise Problem("content-type")
    idempotency = request.headers.get("idempotency-key")
    if idempotency is not None and not IDEMPOTENCY_KEY.fullmatch(idempotency):
        raise Problem("header-malformed", "Idempotency-Key is 16 to 64 of A-Z a-z 0-9 _ -")
    return Write(
        origin=origin,
        is_form=kind == FORM,
        body=body,
        device=member_key(request, services.settings.secure_cookie),
        idempotency=idempotency,
        address=services.addresses.of(request),
        back=_back(request, origin),
        languages=accepted_languages(request),
    )


async def _read_body(request: Request, services: Services, limit: int) -> bytes:
    declared = request.headers.get("content-length", "0")
    if not declared.isascii() or not declared.isdigit() or len(declared) > 12 or int(declared) > limit:
        raise Problem("body-too-large", f"At most {limit} bytes.")
    parts = bytearray()
    try:
        async with asyncio.timeout(services.settings.body_seconds):
            async for part in request.stream():
                parts += part
                if len(parts) > limit:
                    raise Problem(
                        "body-too-large", f"At most {limit} bytes.", headers={"Connection": "close"}
                    )
    except TimeoutError:
        raise Problem("body-timeout", headers={"Connection": "close"}) from None
    except ClientDisconnect:
        raise Problem("body-malformed") from None
    return bytes(parts)


def _back(request: Request, origin: str) -> str | None:
    """The path of the page that a form was posted from, None unless the Referer has the posting origin and a plain
    path."""
    referer = request.headers.get("referer")
    if not referer:
        return None
    try:
        page = urlsplit(referer)
    except ValueError:
        return None
    path = page.path
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isascii()
    if f"{page.scheme}://{page.netloc}" != origin or not plain or not path.isprintable() or "/api/" in path:
        return None
    if path == "/" and request.headers.get("sec-fetch-site") != "same-origin":
        return None  # from another origin no browser tells the path
    return path if len(path) <= 1000 else None
