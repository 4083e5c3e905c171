"""Owns kinds that are one tap: what a person marks in a thread, counted exactly, shown and erased by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from widgets.contract.problems import Problem
from widgets.function.http.member import Member
from widgets.function.state.services import Services
from widgets.store.records import Gone, Mark, MarkChange, Marked, MarkKind, PersonMarks, TooManyMarks


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks of one kind. `limit` is drawn on at each press, `first_limit` at a person's first in a thread."""

    kind: MarkKind
    limit: str
    first_limit: str = ""

    async def press(
        self, services: Services, member: Member, thread_id: str, mark: Mark, on: bool | None
    ) -> Marked:
        """Turn the mark on, off, or (None) over. Raises Problem."""
        person = self._person(services, thread_id, member.device)
        address = member.write.address
        if services.settings.limits:
            await services.rate_limits.draw(self.limit, address)
            if on is not False and not await services.store.marks(self.kind, [(thread_id, person)]):
                await services.rate_limits.draw(self.first_limit, address, thread_id)
        once = member.once(services, self.kind, person, mark.target, mark.key, str(on))
        change = MarkChange(self.kind, thread_id, person, mark, on, services.today())
        try:
            return await services.store.mark(change, once)
        except Gone:
            raise Problem("unknown-comment") from None
        except TooManyMarks:
            raise Problem("too-many-reactions") from None

    async def own(self, services: Services, device: str, threads: Sequence[str]) -> list[PersonMarks]:
        """What this device marked in these threads."""
        keys = [(thread, self._person(services, thread, device)) for thread in threads]
        return await services.store.marks(self.kind, keys)

    async def erase(self, services: Services, device: str, threads: Sequence[str]) -> int:
        """Take all of it back; how many marks there were."""
        rows = await self.own(services, device, threads)
        return sum([await services.store.erase_marks(self.kind, row.thread, row.person) for row in rows])

    def _person(self, services: Services, thread: str, device: str) -> str:
        return services.keys.person(self.kind, thread, device)
