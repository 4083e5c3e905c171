"""Owns passkeys: made once signed in, then the way in; each challenge is signed, timed, and serves once."""

from __future__ import annotations

import base64
import hmac
import json
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.responses import JSONResponse, RedirectResponse, Response

from widgets.desk.call import Call
from widgets.desk.pages import HEADERS, page
from widgets.desk.people import PASSKEY, read_staff, token_hash
from widgets.desk.refusals import Refused
from widgets.desk.sessions import PATH, open_session
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.records import Conflict

_SECONDS: Final = 300
_MOST_EACH: Final = 10
_TITLE: Final = "Gatherwell"


def available() -> bool:
    """Whether the library is installed (the extra `desk`); links work without it."""
    try:
        import webauthn  # noqa: F401  (heavy: only where passkeys are asked for)
    except ImportError:
        return False
    return True


def _host(call: Call) -> str:
    return urlsplit(call.origin).hostname or ""


def _challenge(call: Call, purpose: str) -> bytes:
    """Chance, an end, and a keyed hash over both: nothing is kept until it is spent."""
    body = call.services.settings.random(16) + (call.services.now() + _SECONDS).to_bytes(8, "big")
    return body + bytes.fromhex(call.services.keys.digest("desk-challenge", purpose, body.hex()))


async def _spend(call: Call, purpose: str, credential: dict[str, Any]) -> bytes:
    """The challenge that the credential answers, if it is ours and was not answered before."""
    try:
        said = json.loads(_decode(credential["response"]["clientDataJSON"]))
        challenge = _decode(said["challenge"])
    except (KeyError, TypeError, ValueError):
        raise Refused(400, "passkey") from None
    body, sign = challenge[:24], challenge[24:]
    right = call.services.keys.digest("desk-challenge", purpose, body.hex())
    end = int.from_bytes(body[16:24], "big")
    if len(challenge) != 40 or not hmac.compare_digest(sign.hex(), right) or call.services.now() >= end:
        raise Refused(400, "passkey")
    spent = await call.services.ledger.spend(f"desk {challenge.hex()}", call.services.new_id(), end)
    if not spent:
        raise Refused(400, "passkey")
    return challenge


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _credential(call: Call) -> dict[str, Any]:
    try:
        found = json.loads(call.sent("credential", 20_000))
    except (ValueError, RecursionError):
        raise Refused(400, "passkey") from None
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        raise Refused(400, "passkey")
    return found


async def account(call: Call) -> Response:
    own = await _own(call)
    return page(
        call,
        "account",
        new=call.request.query_params.get("new") == "1",
        passkeys=[{"id": row.id, "made": row.value["made"], "used": row.value["used"]} for row in own],
        available=available(),
        conditions=[
            call.manifest.conditions[name].title if name in call.manifest.conditions else name
            for name in call.staff.conditions
        ],
    )


async def _own(call: Call) -> list[DeskRow]:
    rows = await call.services.store.desk_rows(PASSKEY)
    return [row for row in rows if row.value["staff"] == call.staff.id]


async def registration_options(call: Call) -> Response:
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = generate_registration_options(
        rp_id=_host(call),
        rp_name=_TITLE,
        user_name=call.staff.name,
        user_id=token_hash(call.staff.id)[:32].encode(),
        challenge=_challenge(call, f"register {call.staff.id}"),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(row.value["credential"]))
            for row in await _own(call)
        ],
    )
    return JSONResponse(json.loads(options_to_json(options)), headers=HEADERS)


async def register(call: Call) -> Response:
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    credential = _credential(call)
    challenge = await _spend(call, f"register {call.staff.id}", credential)
    if len(await _own(call)) >= _MOST_EACH:
        raise Refused(409, "passkeys-full", most=_MOST_EACH)
    try:
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(call),
            expected_origin=call.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise Refused(400, "passkey") from None
    id_ = bytes_to_base64url(verified.credential_id)
    now = call.services.now()
    value = {
        "staff": call.staff.id,
        "credential": id_,
        "key": bytes_to_base64url(verified.credential_public_key),
        "count": verified.sign_count,
        "made": now,
        "used": now,
    }
    try:
        await call.services.store.keep_desk_row(DeskRow(PASSKEY, token_hash(id_), value))
    except Conflict:
        raise Refused(409, "passkey") from None
    await _note(call, call.staff.id, "passkey-made")
    return RedirectResponse(f"{PATH}/account", 303, HEADERS)


async def remove(call: Call) -> Response:
    if call.sent("passkey") not in {row.id for row in await _own(call)}:
        raise Refused(404, "not-found")
    await call.services.store.drop_desk_row(PASSKEY, call.sent("passkey"))
    await _note(call, call.staff.id, "passkey-removed")
    return RedirectResponse(f"{PATH}/account", 303, HEADERS)


async def sign_in_options(call: Call) -> Response:
    """Names nobody: the device itself knows for whom it holds a passkey."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    await call.services.gate.draw("desk-enter", call.services.addresses.of(call.request))
    options = generate_authentication_options(
        rp_id=_host(call),
        challenge=_challenge(call, "sign-in"),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return JSONResponse(json.loads(options_to_json(options)), headers=HEADERS)


async def sign_in(call: Call) -> Response:
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.exceptions import WebAuthnException

    credential = _credential(call)
    challenge = await _spend(call, "sign-in", credential)
    row = await call.services.store.desk_row(PASSKEY, token_hash(credential["id"]))
    staff = await read_staff(call.services.store, row.value["staff"]) if row else None
    if row is None or staff is None:
        raise Refused(403, "passkey")
    try:
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(call),
            expected_origin=call.origin,
            credential_public_key=base64url_to_bytes(row.value["key"]),
            credential_current_sign_count=row.value["count"],
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise Refused(403, "passkey") from None
    value = {**row.value, "count": verified.new_sign_count, "used": call.services.now()}
    await call.services.store.keep_desk_row(DeskRow(PASSKEY, row.id, value, None, row.revision))
    response = RedirectResponse(f"{PATH}/sign-in", 303, HEADERS)
    await open_session(call.services, call.request, response, staff, "passkey")
    return response


async def _note(call: Call, staff: str, action: str) -> None:
    entry = AuditEntry(call.services.new_id(), call.services.now(), staff, action)
    await call.services.store.append_audit(entry)
