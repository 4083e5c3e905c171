"""Owns passkeys: registration and sign-in. Each challenge is signed, expires, and is accepted once."""

from __future__ import annotations

import base64
import hmac
import importlib.util
import json
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.responses import JSONResponse, RedirectResponse, Response

from widgets.desk.auth.feeds import feed_of
from widgets.desk.auth.people import PASSKEY, read_staff, token_hash
from widgets.desk.auth.sessions import PATH, open_session
from widgets.desk.pages.frame import HEADERS, page
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.records import Conflict

_SECONDS: Final = 300
_MOST_EACH: Final = 10
_TITLE: Final = "Gatherwell"


def available() -> bool:
    """Whether the library is installed (the extra `desk`); links work without it."""
    return importlib.util.find_spec("webauthn") is not None  # the import itself is heavy


def welcome(request: DeskRequest) -> str:
    """The key of what is said to somebody whom a link has just let in; empty for everybody else."""
    if request.http.query_params.get("new") != "1":
        return ""
    return "account.new" if available() else "account.new-by-link"


def _demand_library() -> None:
    """Raises Refused where the library is missing: no page offers passkeys then."""
    if not available():
        raise Refused(404, "passkeys-missing")


def _host(request: DeskRequest) -> str:
    return urlsplit(request.origin).hostname or ""


def _challenge(request: DeskRequest, purpose: str) -> bytes:
    """Random bytes, an expiry time, and a keyed hash over both: nothing is stored until the challenge is used."""
    body = request.services.settings.random(16) + (request.services.now() + _SECONDS).to_bytes(8, "big")
    return body + bytes.fromhex(request.services.keys.digest("desk-challenge", purpose, body.hex()))


async def _spend(request: DeskRequest, purpose: str, credential: dict[str, Any]) -> bytes:
    """The challenge in the credential, marked as used. Raises Refused for one that is not ours, expired or used."""
    try:
        said = json.loads(_decode(credential["response"]["clientDataJSON"]))
        challenge = _decode(said["challenge"])
    except (KeyError, TypeError, ValueError, RecursionError):
        raise Refused(400, "passkey") from None
    body, sign = challenge[:24], challenge[24:]
    right = request.services.keys.digest("desk-challenge", purpose, body.hex())
    end = int.from_bytes(body[16:24], "big")
    if len(challenge) != 40 or not hmac.compare_digest(sign.hex(), right) or request.services.now() >= end:
        raise Refused(400, "passkey")
    spent = await request.services.ledger.spend(f"desk {challenge.hex()}", request.services.new_id(), end)
    if not spent:
        raise Refused(400, "passkey")
    return challenge


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _credential(request: DeskRequest) -> dict[str, Any]:
    try:
        found = json.loads(request.sent("credential", 20_000))
    except (ValueError, RecursionError):
        raise Refused(400, "passkey") from None
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        raise Refused(400, "passkey")
    return found


async def account(request: DeskRequest) -> Response:
    own = await _own(request)
    return page(
        request,
        "account",
        passkeys=[{"id": row.id, "made": row.value["made"], "used": row.value["used"]} for row in own],
        available=available(),
        feed=await feed_of(request.services, request.staff),
        conditions=[
            request.manifest.conditions[name].title if name in request.manifest.conditions else name
            for name in request.staff.conditions
        ],
    )


async def _own(request: DeskRequest) -> list[DeskRow]:
    rows = await request.services.store.desk_rows(PASSKEY)
    return [row for row in rows if row.value["staff"] == request.staff.id]


async def registration_options(request: DeskRequest) -> Response:
    _demand_library()
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = generate_registration_options(
        rp_id=_host(request),
        rp_name=_TITLE,
        user_name=request.staff.name,
        user_id=token_hash(request.staff.id)[:32].encode(),
        challenge=_challenge(request, f"register {request.staff.id}"),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(row.value["credential"]))
            for row in await _own(request)
        ],
    )
    return JSONResponse(json.loads(options_to_json(options)), headers=HEADERS)


async def register(request: DeskRequest) -> Response:
    _demand_library()
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    credential = _credential(request)
    challenge = await _spend(request, f"register {request.staff.id}", credential)
    if len(await _own(request)) >= _MOST_EACH:
        raise Refused(409, "passkeys-full", most=_MOST_EACH)
    try:
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(request),
            expected_origin=request.origin,
            require_user_verification=True,
        )
    except Exception:  # bytes of anybody's making pass through several parsers, each with errors of its own
        raise Refused(400, "passkey") from None
    id_ = bytes_to_base64url(verified.credential_id)
    now = request.services.now()
    value = {
        "staff": request.staff.id,
        "credential": id_,
        "key": bytes_to_base64url(verified.credential_public_key),
        "count": verified.sign_count,
        "made": now,
        "used": now,
    }
    try:
        await request.services.store.keep_desk_row(DeskRow(PASSKEY, token_hash(id_), value))
    except Conflict:
        raise Refused(409, "passkey") from None
    await _note(request, request.staff.id, "passkey-made")
    return RedirectResponse(f"{PATH}/account", 303, HEADERS)


async def remove(request: DeskRequest) -> Response:
    if request.sent("passkey") not in {row.id for row in await _own(request)}:
        raise Refused(404, "not-found")
    await request.services.store.drop_desk_row(PASSKEY, request.sent("passkey"))
    await _note(request, request.staff.id, "passkey-removed")
    return RedirectResponse(f"{PATH}/account", 303, HEADERS)


async def sign_in_options(request: DeskRequest) -> Response:
    """Options without a user: the device knows whose passkeys it holds."""
    _demand_library()
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=_host(request),
        challenge=_challenge(request, "sign-in"),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return JSONResponse(json.loads(options_to_json(options)), headers=HEADERS)


async def sign_in(request: DeskRequest) -> Response:
    _demand_library()
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes

    credential = _credential(request)
    challenge = await _spend(request, "sign-in", credential)
    row = await request.services.store.desk_row(PASSKEY, token_hash(credential["id"]))
    staff = await read_staff(request.services.store, row.value["staff"]) if row else None
    if row is None or staff is None:
        raise Refused(403, "passkey")
    try:
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(request),
            expected_origin=request.origin,
            credential_public_key=base64url_to_bytes(row.value["key"]),
            credential_current_sign_count=row.value["count"],
            require_user_verification=True,
        )
    except Exception:  # as in `register`
        raise Refused(403, "passkey") from None
    value = {**row.value, "count": verified.new_sign_count, "used": request.services.now()}
    await request.services.store.keep_desk_row(DeskRow(PASSKEY, row.id, value, None, row.revision))
    response = RedirectResponse(f"{PATH}/sign-in", 303, HEADERS)
    await open_session(request.services, request.http, response, staff, "passkey")
    return response


async def _note(request: DeskRequest, staff: str, action: str) -> None:
    entry = AuditEntry(request.services.new_id(), request.services.now(), staff, action)
    await request.services.store.append_audit(entry)
