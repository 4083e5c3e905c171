"""Owns the queue's page: the most urgent first, with reasons, and what can be done to many at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import merge
from itertools import pairwise
from typing import Any

from starlette.responses import RedirectResponse, Response

from widgets.desk.auth.passkeys import welcome
from widgets.desk.auth.people import all_staff
from widgets.desk.auth.rights import may
from widgets.desk.moderation.actions import ACTIONS, BULK, ONE, SETTLE
from widgets.desk.moderation.appeals import barred
from widgets.desk.moderation.assignments import assigned_words, end
from widgets.desk.moderation.comment_cards import card
from widgets.desk.moderation.filters import AGES, read_filters
from widgets.desk.moderation.opened import note_opened
from widgets.desk.moderation.other_pleas import OtherPlea, read_other_pleas
from widgets.desk.moderation.place import done_at, sent_place
from widgets.desk.moderation.private_answers import answered_words
from widgets.desk.moderation.soft_locks import holders, release
from widgets.desk.moderation.undo import can_undo, read_batch, undo
from widgets.desk.moderation.waiting import SHOWN, Group, Waiting, read_waiting
from widgets.desk.pages.frame import HEADERS, page
from widgets.desk.refusals import Refused
from widgets.desk.request import COMMENT_ID, DeskRequest
from widgets.desk.strings import Words
from widgets.function.text.mistakes import MISTAKE
from widgets.function.text.refused_pleas import RefusedRow, refused_pleas
from widgets.function.text.survey_pleas import KEPT
from widgets.function.text.withdrawn_pleas import WithdrawnRow, withdrawn_pleas
from widgets.rules.bursts import alone, asks_first
from widgets.rules.voices.states import WAITING
from widgets.store.records import Comment, Conflict, Gone, NameTaken

Entry = Group | OtherPlea
_TOLD = {KEPT: "survey-plea", MISTAKE: "mistake-plea"}  # where words were kept that nobody else reads


async def show(request: DeskRequest) -> Response:
    await note_opened(request)
    filters = read_filters(request.http.query_params)
    waiting = await read_waiting(request, filters)
    looking = await _lookers(request)
    others = await read_other_pleas(request, filters)
    entries: list[Entry] = list(_merged(waiting.groups, others))
    comments = [comment for group in waiting.groups for comment in group.open]
    assigned = await assigned_words(request, [comment.id for comment in comments])
    bars = await barred(request, comments)
    return page(
        request,
        "queue",
        entries=[_shown(request, entry, looking, assigned) for entry in entries],
        bars=bars,
        answered=await answered_words(request, [*(one.id for one in comments), *(one.id for one in others)]),
        nexts=_nexts(entries),
        filters=filters,
        choices=_choices(request, waiting, others),
        more=waiting.more,
        count=waiting.count + len(others),
        aside=bool(filters.aside),
        set_aside=waiting.aside,
        refused=await _refused(request),
        withdrawn=await _withdrawn(request),
        told=await _told(request),
        nobody_called=not request.services.alerts.configured,
        acts=[action for action in BULK if may(request.staff, action)],
        done=await done_words(request),
        welcome=welcome(request),
    )


async def _told(request: DeskRequest) -> int:
    """How many stories and questions wait to be read."""
    return len(await request.services.store.voices.listed(WAITING, request.staff.conditions))


def _merged(groups: Sequence[Entry], others: Sequence[Entry]) -> Iterator[Entry]:
    return merge(groups, others, key=_place_of)


def _place_of(entry: Entry) -> tuple[int, int]:
    """The most urgent first, then the oldest."""
    if isinstance(entry, OtherPlea):
        return -entry.urgency, entry.created
    return -entry.open[0].urgency, min(comment.created for comment in (*entry.open, *entry.rest))


def _nexts(entries: Sequence[Entry]) -> dict[str, str]:
    """By entry, the one that gets the focus after a decision: the next one, after the last one that before it."""
    ids: list[str] = []
    for entry in entries:
        ids += [entry.id] if isinstance(entry, OtherPlea) else [comment.id for comment in entry.open]
    return dict(pairwise(ids)) | ({ids[-1]: ids[-2]} if len(ids) > 1 else {})


def _shown(
    request: DeskRequest,
    entry: Entry,
    looking: Mapping[str, str],
    assigned: Mapping[str, tuple[str, bool]],
) -> dict[str, Any]:
    if isinstance(entry, OtherPlea):
        return {"kind": entry.kind, "card": entry.card}
    return {
        "kind": "comments",
        "open": [card(request, comment, looking, assigned) for comment in entry.open],
        "rest": entry.rest,
    }


def _reason(words: Words, name: str) -> str:
    """What a rule found, or what a reader pointed out."""
    found = words.known("reason", name)
    return words.known("flag", name) if found == name else found


def _choices(
    request: DeskRequest, waiting: Waiting, others: Sequence[OtherPlea]
) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen in each filter: value and words."""
    words, conditions = request.words, request.manifest.conditions
    reasons = {name: _reason(words, name) for name in waiting.reasons}
    reasons |= {name: _reason(words, name) for one in others for name in one.held}
    places = {*waiting.conditions, *(one.condition for one in others)}
    titles = {name: conditions[name].title if name in conditions else name for name in places}
    languages = sorted({*waiting.languages, *(one.lang.partition("-")[0] for one in others)})
    return {
        "reason": sorted(reasons.items(), key=lambda pair: pair[1].casefold()),
        "condition": sorted(titles.items(), key=lambda pair: pair[1].casefold()),
        "lang": [(lang, lang) for lang in languages],
        "age": [(age, words(f"age.{age}")) for age in AGES],
    }


async def _refused(request: DeskRequest) -> list[dict[str, object]]:
    """Pleas that were refused, or written in surveys, in the last 24 hours, of the conditions that this person looks after:
    those of now first, the newest first. The page folds all but the first."""
    rows = await refused_pleas(request.services.store, request.services.now())
    rows = sorted(rows, key=lambda row: (row.level != "now", -row.minute))
    return [
        _trace(request, _TOLD.get(row.code, "refused-plea"), row, times=row.times, code=row.code)
        for row in rows
        if may(request.staff, "read-held", row.condition or None)
    ]


async def _withdrawn(request: DeskRequest) -> list[dict[str, object]]:
    """Pleas that were withdrawn while they were held, in the last 30 days."""
    rows = await withdrawn_pleas(request.services.store, request.services.now())
    here = [row for row in rows if may(request.staff, "read-held", row.condition)]
    return [_trace(request, "withdrawn-plea", row) for row in here]


def _trace(
    request: DeskRequest, key: str, row: RefusedRow | WithdrawnRow, times: int = 1, **values: str
) -> dict[str, object]:
    """When, what and how often, as a template shows it."""
    condition = request.manifest.conditions.get(row.condition)
    title = condition.title if condition else row.condition or "?"
    level = request.words.known("level", row.level)
    text = request.words(key, condition=title, level=level, **values)
    return {"minute": row.minute * 60, "text": text, "times": times}


async def _lookers(request: DeskRequest) -> dict[str, str]:
    names = {staff.id: staff.name for staff in await all_staff(request.services.store)}
    held = await holders(request.services.store, request.services.now())
    return {comment: names.get(staff, staff) for comment, staff in held.items() if staff != request.staff.id}


async def done_words(request: DeskRequest) -> dict[str, object] | None:
    """What the last action did, and whether it can still be undone."""
    batch = request.http.query_params.get("done", "")
    entries = await read_batch(request, batch) if batch else []
    if not entries or any(entry.actor != request.staff.id for entry in entries):
        return None
    if any(entry.action == "undo" for entry in entries):
        return {"text": request.words("done.undo"), "undo": "", "left": 0}
    text = request.words(f"done.{entries[0].action}")
    if len(entries) > 1:
        text = request.words("done.bulk", n=len(entries), what=text)
    for name in ("passed", "pleas"):
        n = request.http.query_params.get(name, "")
        if n.isascii() and n.isdigit() and int(n):
            text += " " + request.words.count(f"done.{name}", int(n))
    left = 30 - (request.services.now() - entries[0].time)
    return {"text": text, "undo": batch if can_undo(request, entries) else "", "left": max(0, left)}


async def bulk(request: DeskRequest) -> Response:
    """One action for the chosen comments, or for the one whose own button was pressed.

    Comments that somebody else changed meanwhile are skipped and counted, and so are pleas where many were chosen: each
    of them is decided by itself.
    """
    action, picked, many = _asked(request)
    batch = request.services.new_id()
    entries, passed, pleas = [], 0, 0
    for text in picked[:SHOWN]:
        comment, revision = await _chosen(request, action, text)
        if many and _by_itself(action, comment):
            pleas += 1
            continue
        try:
            entries.append(await ACTIONS[action](request, comment, revision, batch))
            await let_go(request, action, comment.id)
        except (Conflict, Gone):
            passed += 1
        except Refused:
            if not many:
                raise
            passed += 1
        except NameTaken:
            if not many:
                raise
            passed += 1
    if not entries:
        raise Refused(409, "pleas-one-by-one" if pleas else "changed")
    place = sent_place(request)
    following = request.sent("one").split(" ")
    if len(following) == 3 and COMMENT_ID.fullmatch(following[2]):
        place = replace(place, next=following[2])
    return done_at(entries, place, passed, pleas)


def _by_itself(action: str, comment: Comment) -> bool:
    """Whether an act on many leaves the comment out. What harms its readers may be rejected with others, never shown."""
    leaves = asks_first if action == "approve" else alone
    return leaves(comment.held, comment.urgency, comment.flags)


async def let_go(request: DeskRequest, action: str, comment: str) -> None:
    """After an action nobody looks any more; after a decision nobody is on it either."""
    await release(request.services.store, comment, request.staff.id)
    if action in SETTLE:
        await end(request.services.store, comment)


def _asked(request: DeskRequest) -> tuple[str, list[str], bool]:
    """The action, the comments as `id.revision`, and whether it is an action on many. Raises Refused."""
    one = request.sent("one")
    if one:
        action, _, chosen = one.partition(" ")
        picked = [chosen.partition(" ")[0]]
    else:
        action, picked = request.sent("act"), [text[:60] for text in request.form.get("item", ())]
    if action not in (ONE if one else BULK) or not may(request.staff, action):
        raise Refused(403, "forbidden")
    if not picked:
        raise Refused(400, "none-chosen")
    return action, picked, not one


async def _chosen(request: DeskRequest, action: str, text: str) -> tuple[Comment, int]:
    id_, _, revision = text.partition(".")
    comment = await request.services.store.comment(id_)
    if comment is None or not request.reaches(comment) or not may(request.staff, action, comment.condition):
        raise Refused(404, "not-found")
    if not revision.isascii() or not revision.isdigit():
        raise Refused(400, "malformed")
    return comment, int(revision)


async def take_back(request: DeskRequest) -> Response:
    batch = request.sent("batch")
    await undo(request, batch)
    entries = await read_batch(request, batch)
    back = next((entry.comment for entry in entries if COMMENT_ID.fullmatch(entry.comment)), "")
    place = replace(sent_place(request), next=back)
    return RedirectResponse(place.address(f"done={batch}"), 303, HEADERS)
