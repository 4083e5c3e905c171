"""Owns `me`: everything one device key wrote, shown or erased, over all kinds of contribution."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from widgets.function.answers import drop_key, json_answer
from widgets.function.incoming import Write, member_key, own_reader, read_write, wants_html
from widgets.function.kinds import KINDS
from widgets.function.kinds.kind import Reach
from widgets.function.manifest import Manifest
from widgets.function.pages.mine import contributions_page
from widgets.function.pages.said import to_said
from widgets.function.problems import Problem
from widgets.function.services import Services
from widgets.function.shapes import MeRequest

_VERSIONS = 20  # of one poll, the newest; older ones are reached where the manifest retires them


async def show(services: Services, request: Request) -> Response:
    origin = await own_reader(request, services)
    device = member_key(request, services.settings.secure_cookie)
    if device is None:
        raise Problem("key-missing")
    await services.gate.draw("me", services.addresses.of(request))
    document = await _gather(services, device, None)
    if wants_html(request.headers) and "gatherwell-key" not in request.headers:
        manifest = await services.manifest.current()
        return contributions_page(manifest, document, request.headers.get("accept-language", ""))
    return json_answer(document, origin)


async def show_or_erase(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    if write.is_form:
        return await _by_form(services, request, write)
    if write.device is None:
        raise Problem("key-missing")
    wanted = write.json(MeRequest)
    await services.gate.draw("me", write.address)
    if wanted.action == "erase":
        return json_answer({"erased": await _erase(services, write.device, wanted)}, write.origin)
    return json_answer(await _gather(services, write.device, wanted), write.origin)


async def _by_form(services: Services, request: Request, write: Write) -> Response:
    if write.device is None:
        raise Problem("key-missing")
    await services.gate.draw("me", write.address)
    fields = {name: values[0] for name, values in write.form().items()}
    if fields.get("action") == "erase":
        await _erase(services, write.device, None)
        response = to_said("erased", lang=fields.get("lang", ""))
        drop_key(response, services)
        return response
    manifest = await services.manifest.current()
    lang = fields.get("lang", "") or request.headers.get("accept-language", "")
    return contributions_page(manifest, await _gather(services, write.device, None), lang)


async def erase(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    if write.device is None:
        raise Problem("key-missing")
    await services.gate.draw("me", write.address)
    response = json_answer({"erased": await _erase(services, write.device, None)}, write.origin)
    drop_key(response, services)
    return response


async def _gather(services: Services, device: str, wanted: MeRequest | None) -> dict[str, Any]:
    reach = reach_of(await services.manifest.current(), wanted)
    document: dict[str, Any] = {}
    for kind in KINDS:
        document.update(await kind.export(services, device, reach))
    return document


async def _erase(services: Services, device: str, wanted: MeRequest | None) -> dict[str, int]:
    """Part by part; a crash in between leaves less to erase for the next call."""
    reach = reach_of(await services.manifest.current(), wanted)
    erased: dict[str, int] = {}
    for kind in KINDS:
        erased.update(await kind.erase(services, device, reach))
    return erased


def reach_of(manifest: Manifest, wanted: MeRequest | None) -> Reach:
    """All that the manifest and its retired ids name, or what of it the device asked for."""
    retired = manifest.retired
    polls = [
        (id_, version)
        for id_, poll in manifest.polls.items()
        for version in range(max(1, poll.version - _VERSIONS + 1), poll.version + 1)
    ]
    polls += [(poll.id, poll.version) for poll in retired.polls if (poll.id, poll.version) not in set(polls)]
    threads = list(dict.fromkeys([*manifest.threads, *retired.threads]))
    if wanted is not None and wanted.polls is not None:
        polls = [poll for poll in polls if poll[0] in set(wanted.polls)]
    if wanted is not None and wanted.threads is not None:
        threads = [thread for thread in threads if thread in set(wanted.threads)]
    return Reach(polls, threads, list(dict.fromkeys([*manifest.conditions, *retired.conditions])))


ROUTES = (("GET", "/me", show), ("POST", "/me", show_or_erase), ("DELETE", "/me", erase))
