"""Owns who sends a write: the device key, made for the first form without one, and the intent that a retry
repeats."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from widgets.contract.problems import Problem
from widgets.function.http.answers import set_key
from widgets.function.http.incoming import Write
from widgets.function.state.services import Services
from widgets.store.records import Once


@dataclass(frozen=True, slots=True)
class Member:
    """The sender of a write. `fresh`: the key was made for this form, so the answer sets it as a cookie."""

    write: Write
    device: str
    fresh: bool = False

    def once(self, services: Services, route: str, person: str, *said: str) -> Once | None:
        """The intent that the write names, None where it names none. `person` is the keyed hash that the store
        knows, `said` all that a retry must repeat."""
        if not self.write.idempotency:
            return None
        key = services.keys.once(route, person, self.write.idempotency)
        return Once(key, services.keys.digest(key, *said), services.today())

    def answered(self, services: Services, response: Response) -> Response:
        """The response, with the cookie where the key is fresh."""
        if self.fresh:
            set_key(response, services, self.device)
        return response


def member_of(services: Services, write: Write) -> Member:
    """The sender of the write. A form without a key gets a new one. Raises Problem key-missing."""
    if write.device is not None:
        return Member(write, write.device)
    if write.is_form:
        return Member(write, services.settings.random(16).hex(), fresh=True)
    raise Problem("key-missing")


def known_member(write: Write) -> Member:
    """The sender of a write that changes an earlier contribution, so a key is required.

    Raises Problem key-missing.
    """
    if write.device is None:
        raise Problem("key-missing")
    return Member(write, write.device)
