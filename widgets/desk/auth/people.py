"""Owns staff and the one-time links that let them in; both are rows of the store, links as hashes alone."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from widgets.desk.auth.rights import ROLES
from widgets.function.text.name_claims import STAFF
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.interface import Store
from widgets.store.records import Conflict, StoreError

INVITATION: Final = "invitation"
SESSION: Final = "session"
PASSKEY: Final = "passkey"
FEED: Final = "staff-feed"
LINK_SECONDS: Final = 48 * 3_600
TERMINAL: Final = "terminal"  # the actor of what is done from the command line
_NAME: Final = range(2, 41)


@dataclass(frozen=True, slots=True)
class Staff:
    """`person` is an id under content/_people/; empty `conditions` means all of them. Days are
    YYYY-MM-DD."""

    id: str
    name: str
    role: str
    person: str | None = None
    conditions: tuple[str, ...] = ()
    verified_by: str = ""
    verified_on: str = ""
    revoked: int | None = None
    may_answer_crisis: bool = False  # may write private answers


class StaffError(StoreError):
    """A person cannot be invited or revoked so; the message says why."""


def token_hash(token: str) -> str:
    """A plain hash is enough: tokens have 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def staff_from(row: DeskRow) -> Staff:
    value: dict[str, Any] = dict(row.value)
    return Staff(id=row.id, **{**value, "conditions": tuple(value["conditions"])})


def _value(staff: Staff) -> dict[str, Any]:
    value = asdict(staff)
    del value["id"]
    return {**value, "conditions": list(staff.conditions)}


async def read_staff(store: Store, id_: str) -> Staff | None:
    """Who is on the staff now: a revoked person is not."""
    row = await store.desk_row(STAFF, id_)
    staff = staff_from(row) if row else None
    return staff if staff and staff.revoked is None else None


async def all_staff(store: Store) -> list[Staff]:
    """All staff, the revoked too: the audit log names them."""
    return [staff_from(row) for row in await store.desk_rows(STAFF)]


def staff_id(name: str) -> str:
    """The id in the audit log and in commands: small Latin letters, digits and hyphens. A name that holds letters of other
    scripts gets a few digits of its own, since its Latin letters alone may be none, or another person's."""
    composed = unicodedata.normalize("NFC", name)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    latin = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if latin and all(_is_latin(letter) for letter in composed if letter.isalpha()):
        return latin
    mark = hashlib.sha256(composed.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{latin}-{mark}" if latin else f"staff-{mark}"


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def check_staff(staff: Staff) -> None:
    """Raises StaffError."""
    if staff.role not in ROLES:
        raise StaffError(f"A role is one of {', '.join(ROLES)}.")
    letters = any(letter.isalpha() for letter in staff.name)
    if len(staff.name) not in _NAME or not staff.name.isprintable() or not (letters and staff.id):
        raise StaffError("A name has 2 to 40 characters that can be shown, some of them letters.")
    if staff.id == TERMINAL:
        raise StaffError("That name is the command line's own.")
    if staff.role in ("advocate", "clinician"):
        if not staff.person:
            raise StaffError(f"What {staff.role}s say is linked to a profile: name it with --person.")
        if not staff.verified_by:
            raise StaffError(f"Say who verified that this is one of the {staff.role}s, with --verified-by.")


def _demand_same(known: Staff, asked: Staff) -> None:
    """A further link changes nobody's rights. Raises StaffError where others are asked for, and says which there are."""
    same = (
        (known.name, known.role, known.person) == (asked.name, asked.role, asked.person)
        and set(known.conditions) == set(asked.conditions)
        and known.may_answer_crisis == asked.may_answer_crisis
        and asked.verified_by in ("", known.verified_by)
    )
    if not same:
        conditions = ", ".join(known.conditions) or "all conditions"
        profile = f", profile {known.person}" if known.person else ""
        verified = f", verified by {known.verified_by}" if known.verified_by else ""
        verified += ", may answer privately" if known.may_answer_crisis else ""
        raise StaffError(
            f"{known.name} is a {known.role} for {conditions}{profile}{verified} already. Ask for a link with these, or "
            f"revoke {known.id} first to give other rights."
        )


async def invite(store: Store, staff: Staff, token: str, now: int, new_id: Callable[[], str]) -> Staff:
    """Store the person, where new, and the hash of a one-time link. Raises StaffError."""
    check_staff(staff)
    row = await store.desk_row(STAFF, staff.id)
    known = staff_from(row) if row else None
    if known is not None and known.revoked is None:
        _demand_same(known, staff)
        staff = known
    else:
        try:
            await store.keep_desk_row(
                DeskRow(STAFF, staff.id, _value(staff), None, row.revision if row else 0)
            )
        except Conflict:
            raise StaffError("Somebody else has just invited a person of this name.") from None
    await store.keep_desk_row(DeskRow(INVITATION, token_hash(token), {"staff": staff.id}, now + LINK_SECONDS))
    after = {"staff": staff.id, "role": staff.role, "verified_by": staff.verified_by}
    after |= {"may_answer_crisis": "yes"} if staff.may_answer_crisis else {}
    await store.append_audit(AuditEntry(new_id(), now, TERMINAL, "invite", after=after))
    return staff


async def take_invitation(store: Store, token: str, now: int) -> Staff | None:
    """The person of a one-time link, which is deleted; None where it is unknown, used or expired."""
    row = await store.desk_row(INVITATION, token_hash(token))
    if row is None or not await store.drop_desk_row(INVITATION, row.id):
        return None
    if row.expires is None or now >= row.expires:
        return None
    return await read_staff(store, row.value["staff"])


async def knows_invitation(store: Store, token: str, now: int) -> bool:
    """Whether the link is valid; this does not use it up."""
    row = await store.desk_row(INVITATION, token_hash(token))
    return row is not None and row.expires is not None and now < row.expires


async def revoke(store: Store, id_: str, now: int, new_id: Callable[[], str]) -> Staff:
    """Revoke the role, and delete sessions, links, passkeys and the private feed at once. Raises StaffError."""
    row = await store.desk_row(STAFF, id_)
    if row is None or staff_from(row).revoked is not None:
        raise StaffError("Nobody of this name is on the staff; `gatherwell desk staff` lists who is.")
    staff = replace(staff_from(row), revoked=now)
    await store.keep_desk_row(replace(row, value=_value(staff)))
    await drop_rows_of(store, (SESSION, INVITATION, PASSKEY, FEED), id_)
    await store.append_audit(AuditEntry(new_id(), now, TERMINAL, "revoke", after={"staff": id_}))
    return staff


async def drop_rows_of(store: Store, kinds: Sequence[str], staff: str) -> None:
    for kind in kinds:
        for row in await store.desk_rows(kind):
            if row.value.get("staff") == staff:
                await store.drop_desk_row(kind, row.id)
