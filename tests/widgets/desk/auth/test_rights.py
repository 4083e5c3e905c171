"""Who may do what: this table is the specification, and every cell of it is asked over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.conftest import ORIGIN, THREAD, Function
from tests.widgets.desk.conftest import Colleague, SignIn, told, written
from widgets.desk.auth.rights import RIGHTS, ROLES, may
from widgets.desk.moderation.actions import ACTIONS
from widgets.desk.moderation.questions import QUESTION_ACTS
from widgets.desk.moderation.voice_acts import BESIDE_ACTS, VOICE_ACTS
from widgets.desk.request import BY_ACTION
from widgets.desk.routes import ROUTES
from widgets.store.desk_records import AuditAsk
from widgets.store.records import Comment, Mark, MarkChange
from widgets.store.voices import Words, thread_of

pytestmark = pytest.mark.anyio

# Of those who are marked for private answers; who is not is asked apart.
#                 moderator editor advocate clinician
TABLE = """
account           yes       yes    yes      yes
read              yes       yes    yes      yes
read-held         yes       yes    no       yes
queue             yes       yes    no       yes
search            yes       yes    no       yes
unanswered        yes       yes    yes      yes
feed              yes       yes    yes      yes
texts             yes       yes    no       yes
voices            yes       yes    no       yes
alarms            yes       yes    no       no
mistakes          yes       yes    no       no
load              yes       yes    no       no
audit             no        yes    no       no
undo              yes       yes    yes      yes
claim             yes       yes    no       yes
release           yes       yes    no       yes
hand-over         yes       yes    no       yes
memo              yes       yes    no       yes
memo-name         yes       yes    no       yes
approve           yes       yes    no       no
reject            yes       yes    no       no
aside             yes       yes    no       no
hold              yes       yes    no       yes
crisis            yes       yes    no       yes
answer            yes       yes    yes      yes
private-answer    yes       yes    no       yes
ask-clinician     yes       yes    yes      yes
clinician-done    yes       yes    yes      yes
question-answer   yes       yes    yes      yes
question-ask-clinician  yes yes    yes      yes
question-clinician-done yes yes    yes      yes
note              no        no     no       yes
false-alarm       yes       yes    no       no
redact            yes       yes    no       no
lock              yes       yes    no       no
unlock            yes       yes    no       no
hold-name         yes       yes    no       no
free-name         yes       yes    no       no
voice-ask         yes       yes    no       no
voice-offer       yes       yes    no       no
voice-publish     yes       yes    no       no
voice-decline     yes       yes    no       no
voice-hold        yes       yes    no       yes
voice-note        no        no     no       yes
voice-answer      yes       yes    no       no
erase-name        yes       yes    no       no
"""
CELLS = [
    (action, role, cell == "yes")
    for action, *cells in (line.split() for line in TABLE.strip().splitlines())
    for role, cell in zip(ROLES, cells, strict=True)
]


def column(role: str) -> list[tuple[str, bool]]:
    """Every action of the table, and whether *role* may do it."""
    return [(action, allowed) for action, of, allowed in CELLS if of == role]


PAGES = {"account": "/account", "queue": "/", "search": "/search", "unanswered": "/unanswered"} | {
    name: f"/{name}" for name in ("load", "audit", "texts", "alarms", "mistakes", "voices")
}
FIELDS: dict[str, dict[str, Any]] = {
    "hand-over": {"to": "helper"},
    "memo": {"memo": "Seen before."},
    "memo-name": {"memo": "Seen before."},
    "reject": {"answer": "unkind"},
    "answer": {"text": "Thank you."},
    "private-answer": {"text": "I have read it."},
    "note": {"note": "Ask first.", "source": "https://example.org/source"},
    "false-alarm": {"words": "weather"},
    "redact": {"start": 1, "end": 3},
    "lock": {"reason": "Let us rest."},
    "hold-name": {"days": 3},
}

QUESTION_FIELDS: dict[str, dict[str, Any]] = {"question-answer": {"text": "Thank you."}}
VOICE_FIELDS: dict[str, dict[str, Any]] = {
    "voice-ask": {"question": "When was that?"},
    "voice-offer": {"title": "Winter", "text": "It began."},
    "voice-decline": {"answer": "off-topic"},
    "voice-note": {"note": "Ask first.", "source": "https://example.org/source"},
}


def test_the_table_names_every_action_and_every_route_has_one() -> None:
    assert {action for action, _, _ in CELLS} == set(RIGHTS)
    used = {route.right for route in ROUTES} - {None, BY_ACTION}
    assert used | set(ACTIONS) | set(VOICE_ACTS) | set(QUESTION_ACTS) | {"read-held"} == set(RIGHTS)


async def on_voice(function: Function, colleague: Colleague, act: str) -> int:
    """The status of one try of an act on a story or question that is in a state for it."""
    later = act in ("voice-hold", "voice-answer")
    voice = await told(
        function,
        kind="question" if act == "voice-answer" else "story",
        state="published" if later else "read",
    )
    fields = VOICE_FIELDS.get(act, {})
    if act == "voice-answer":
        answer = await written(function, state="published", thread=f"migraine~{voice.id}", role="clinician")
        fields = {"comment": answer.id}
    sent = {"revision": voice.revision, **fields}
    status = (await colleague.post(f"/voices/{voice.id}/{act}", sent)).status_code
    changed = await function.store.voices.voice(voice.id) != voice
    assert changed == (status == 303)
    return status


async def on_question(function: Function, colleague: Colleague, act: str) -> int:
    """The status of one try of an act on a published question."""
    asked = function.services.now() if act == "question-clinician-done" else None
    voice = await told(function, kind="question", state="published", clinician=asked)
    answer = await colleague.post(f"/questions/{voice.id}/{act}", QUESTION_FIELDS.get(act))
    given = await function.store.newest(thread_of(voice), 9)
    assert (bool(given) or await function.store.voices.voice(voice.id) != voice) == (
        answer.status_code == 303
    )
    return answer.status_code


BESIDE_CELLS = [cell for cell in CELLS if cell[0] in BESIDE_ACTS]


async def beside_voice(
    function: Function, colleague: Colleague, act: str, held: tuple[str, ...] = ("crisis",)
) -> int:
    """The status of one try of an act that lies beside a story with a plea; none changes the story itself."""
    voice = await told(function, held=held, urgency=9)
    if act == "release" and may(colleague.staff, "claim"):
        await colleague.post(f"/voices/{voice.id}/claim", {"revision": voice.revision})
    sent = {"revision": voice.revision, **FIELDS.get(act, {})}
    status = (await colleague.post(f"/voices/{voice.id}/{act}", sent)).status_code
    assert await function.store.voices.voice(voice.id) == voice
    return status


@pytest.mark.parametrize(
    ("action", "role", "allowed"), BESIDE_CELLS, ids=[f"{role}-{action}" for action, role, _ in BESIDE_CELLS]
)
@pytest.mark.parametrize("conditions", [(), ("multiple-sclerosis", "migraine"), ("multiple-sclerosis",)])
async def test_a_role_does_to_a_story_that_pleads_what_it_does_to_a_comment_and_no_more(
    function: Function,
    sign_in: SignIn,
    action: str,
    role: str,
    allowed: bool,
    conditions: tuple[str, ...],
) -> None:
    colleague = await sign_in("Person", role, conditions=conditions, may_answer_crisis=True)
    await sign_in("Helper", "editor")
    status = await beside_voice(function, colleague, action)
    reached = not conditions or "migraine" in conditions
    assert status == (303 if allowed and reached else 404)
    rows = [row for kind in ("assigned", "private-answer") for row in await function.store.desk_rows(kind)]
    assert bool(rows) == (allowed and reached and action != "release")


@pytest.mark.parametrize("role", ROLES)
async def test_who_is_not_marked_answers_no_story_privately(
    function: Function, sign_in: SignIn, role: str
) -> None:
    colleague = await sign_in("Person", role)
    assert await beside_voice(function, colleague, "private-answer") == (404 if role == "advocate" else 403)
    voice = await told(function, held=("crisis",), urgency=9)
    sent = {"revision": voice.revision, "compose": "1"}
    assert (await colleague.post(f"/voices/{voice.id}/private-answer", sent)).status_code in (403, 404)
    assert "Answer privately" not in (await colleague.get(f"/voices/{voice.id}")).text
    assert await function.store.desk_rows("private-answer") == []


@pytest.mark.parametrize("role", ROLES)
async def test_whoever_it_is_answers_no_childs_story(function: Function, sign_in: SignIn, role: str) -> None:
    colleague = await sign_in("Person", role, may_answer_crisis=True)
    status = await beside_voice(function, colleague, "private-answer", ("child", "crisis"))
    assert status == (404 if role == "advocate" else 409)
    assert await function.store.desk_rows("private-answer") == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("conditions", [(), ("multiple-sclerosis",)])
async def test_a_plea_in_a_report_is_taken_on_by_who_may_read_pleas_there(
    function: Function, sign_in: SignIn, role: str, conditions: tuple[str, ...]
) -> None:
    await function.form(f"/threads/{THREAD}/mistakes", {"text": "I am going to kill myself tonight."})
    [row] = await function.store.desk_rows("mistake")
    colleague = await sign_in("Person", role, conditions=conditions)
    answer = await colleague.post("/mistakes/seen", {"mistake": row.id})
    allowed = role != "advocate" and not conditions
    assert answer.status_code == (303 if allowed else 403 if role == "advocate" else 404)
    assert bool(await function.store.desk_rows("assigned")) == allowed
    if role != "advocate":
        assert ("going to kill myself" in (await colleague.get("/")).text) == allowed


async def ask(
    function: Function, colleague: Colleague, helper: Colleague, action: str
) -> tuple[int, Comment | None]:
    """The status of one try of the action, on a comment that everybody can see."""
    if action in PAGES:
        return (await colleague.get(PAGES[action])).status_code, None
    if action == "read-held":
        held = await written(function)
        return (await colleague.get(f"/items/{held.id}")).status_code, None
    if action == "feed":
        return (await colleague.post("/feed")).status_code, None
    if action in VOICE_ACTS:
        return await on_voice(function, colleague, action), None
    if action in QUESTION_ACTS:
        return await on_question(function, colleague, action), None
    old = {"author": "imported-0123456789"} if action == "erase-name" else {}
    comment = await written(function, state="published", **old)
    if action == "aside":  # of what is queued
        mark = MarkChange("flag", comment.thread, "a" * 32, Mark(comment.id, "spam"), True, "2026-09-22")
        await function.store.flag(mark, 3)
        comment = await function.store.comment(comment.id)
    if action == "read":
        return (await colleague.get(f"/items/{comment.id}")).status_code, None
    if action == "undo":
        done = await colleague.act("answer", comment, text="Thank you.")
        assert done.status_code == 303
        [entry] = await function.store.audit(AuditAsk(1))
        return (await colleague.post("/undo", {"batch": entry.batch})).status_code, None
    if action in ("unlock", "free-name"):
        await helper.act({"unlock": "lock", "free-name": "hold-name"}[action], comment, reason="r", days=3)
    if action == "clinician-done":
        await helper.act("ask-clinician", comment)
    if action == "release":
        await colleague.act("claim", comment)
    answer = await colleague.act(action, comment, **FIELDS.get(action, {}))
    return answer.status_code, comment


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_does_what_the_table_says_and_no_more(
    function: Function, sign_in: SignIn, role: str
) -> None:
    colleague = await sign_in("Person", role, may_answer_crisis=True)
    helper = await sign_in("Helper", "editor")
    otherwise = []
    for action, allowed in column(role):
        status, comment = await ask(function, colleague, helper, action)
        unseen = action == "read-held" or (action in VOICE_ACTS and not may(colleague.staff, "voices"))
        expected = (200, 303) if allowed else (404 if unseen else 403,)
        untouched = allowed or comment is None or await function.store.comment(comment.id) == comment
        if status not in expected or not untouched:
            otherwise.append((action, status, expected, untouched))
    assert otherwise == []


@pytest.mark.parametrize("role", ROLES)
async def test_in_another_condition_a_comment_does_not_exist(
    function: Function, sign_in: SignIn, role: str
) -> None:
    comment = await written(function, state="published")
    colleague = await sign_in("Person", role, conditions=("multiple-sclerosis",), may_answer_crisis=True)
    answers = {"": await colleague.get(f"/items/{comment.id}")}
    for act in ACTIONS:
        answers[act] = await colleague.act(act, comment, **FIELDS.get(act, {}))
    assert [act for act, answer in answers.items() if answer.status_code != 404] == []
    assert [act for act, answer in answers.items() if comment.text in answer.text] == []
    assert await function.store.comment(comment.id) == comment
    assert [entry for entry in await function.store.audit(AuditAsk()) if entry.comment] == []


@pytest.mark.parametrize("role", ROLES)
async def test_in_another_condition_a_story_does_not_exist(
    function: Function, sign_in: SignIn, role: str
) -> None:
    voice = await told(function, state="read")
    colleague = await sign_in("Person", role, conditions=("multiple-sclerosis",))
    answers = [await colleague.get(f"/voices/{voice.id}")]
    for act in (*VOICE_ACTS, *BESIDE_ACTS):
        fields = {"revision": voice.revision, **FIELDS.get(act, {}), **VOICE_FIELDS.get(act, {})}
        answers.append(await colleague.post(f"/voices/{voice.id}/{act}", fields))
    assert {answer.status_code for answer in answers} == {404}
    assert not any("zebrafinch" in answer.text for answer in answers)
    assert voice.id not in (await colleague.get("/voices")).text
    assert await function.store.voices.voice(voice.id) == voice


@pytest.mark.parametrize("role", ROLES)
async def test_in_another_condition_a_question_does_not_exist(
    function: Function, sign_in: SignIn, role: str
) -> None:
    voice = await told(function, kind="question", state="published", shown=Words("A zebrafinch?", "x"))
    colleague = await sign_in("Person", role, conditions=("multiple-sclerosis",))
    answers = [await colleague.get(f"/questions/{voice.id}")]
    for act in QUESTION_ACTS:
        answers.append(await colleague.post(f"/questions/{voice.id}/{act}", QUESTION_FIELDS.get(act)))
    assert {answer.status_code for answer in answers} == {404}
    assert not any("zebrafinch" in answer.text for answer in answers)
    assert voice.id not in (await colleague.get("/unanswered")).text
    assert await function.store.voices.voice(voice.id) == voice
    assert await function.store.newest(thread_of(voice), 9) == []


@pytest.mark.parametrize("state", ["sent", "read", "asked", "offered", "declined"])
async def test_what_is_not_published_is_no_question_for_anybody(
    function: Function, sign_in: SignIn, state: str
) -> None:
    hidden = await told(function, kind="question", state=state)
    story = await told(function, state="published")
    advocate = await sign_in("Person", "advocate")
    for id_ in (hidden.id, story.id, "bcdfghjk", "nothing"):
        assert (await advocate.get(f"/questions/{id_}")).status_code == 404
        tried = await advocate.post(f"/questions/{id_}/question-answer", {"text": "Thank you."})
        assert tried.status_code == 404
    assert hidden.id not in (await advocate.get("/unanswered")).text


@pytest.mark.parametrize("role", ROLES)
async def test_who_is_not_marked_answers_nobody_privately(
    function: Function, sign_in: SignIn, role: str
) -> None:
    comment = await written(function, state="published")
    colleague = await sign_in("Person", role)
    for fields in ({"text": "I have read it."}, {"compose": "1"}):
        assert (await colleague.act("private-answer", comment, **fields)).status_code == 403
    assert await function.store.desk_rows("private-answer") == []
    assert "Answer privately" not in (await colleague.get(f"/items/{comment.id}")).text


async def test_another_conditions_comments_are_in_no_list(function: Function, sign_in: SignIn) -> None:
    held = await written(function, "Held words")
    open_ = await written(function, "Open words", state="published")
    colleague = await sign_in("Person", "moderator", conditions=("multiple-sclerosis",))
    pages = [await colleague.get(path) for path in ("/", "/unanswered")]
    pages.append(await colleague.post("/search", {"words": "words"}))
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert not any(one.id in page.text for one in (held, open_) for page in pages)


@pytest.mark.parametrize("role", ROLES)
async def test_in_conditions_of_theirs_a_role_does_the_same(
    function: Function, sign_in: SignIn, role: str
) -> None:
    colleague = await sign_in(
        "Person", role, conditions=("multiple-sclerosis", "migraine"), may_answer_crisis=True
    )
    helper = await sign_in("Helper", "editor")
    statuses = [
        (action, (await ask(function, colleague, helper, action))[0], allowed)
        for action, allowed in column(role)
    ]
    assert [asked for asked in statuses if (asked[1] in (200, 303)) != asked[2]] == []


async def test_the_audit_and_the_load_tell_of_no_other_condition(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    helper = await sign_in("Quick Helper", "editor", conditions=("migraine",))
    await helper.act("approve", comment)
    other = await sign_in("Person", "editor", conditions=("multiple-sclerosis",))
    audit, load = await other.get("/audit"), await other.get("/load")
    assert comment.id not in audit.text
    assert "Quick Helper" not in audit.text + load.text
    own = await sign_in("Third Person", "editor", conditions=("migraine",))
    assert comment.id in (await own.get("/audit")).text
    assert "Quick Helper" in (await own.get("/load")).text


async def test_full_lists_of_other_conditions_hide_nothing_of_ones_own(
    function: Function, sign_in: SignIn
) -> None:
    mine = await written(function, "Mine, words", thread="arthritis~work", condition="arthritis")
    for _ in range(3):
        await written(function, "Theirs, words", urgency=5)
    colleague = await sign_in("Person", "moderator", conditions=("arthritis",))
    queue = await function.store.queue(1, None, colleague.staff.conditions or ("arthritis",))
    assert [one.id for _, one in queue] == [mine.id]
    assert mine.id in (await colleague.get("/")).text


async def test_bulk_reaches_no_other_condition(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    colleague = await sign_in("Person", "moderator", conditions=("multiple-sclerosis",))
    for fields in (
        {"one": f"approve {comment.id}.{comment.revision}"},
        {"act": "approve", "item": [f"{comment.id}.{comment.revision}"]},
    ):
        assert (await colleague.post("/bulk", fields)).status_code == 404
    assert await function.store.comment(comment.id) == comment


@pytest.mark.parametrize("act", ["approve", "aside"])
async def test_bulk_gives_no_right_that_the_role_lacks(function: Function, sign_in: SignIn, act: str) -> None:
    comment = await written(function)
    clinician = await sign_in("Person", "clinician")
    fields = {"act": act, "answer": "unkind", "item": [f"{comment.id}.{comment.revision}"]}
    assert (await clinician.post("/bulk", fields)).status_code == 403
    assert await function.store.comment(comment.id) == comment


@pytest.mark.parametrize("act", ["read", "queue", "audit", "undo", "delete", "approve.html"])
async def test_a_right_is_no_act(function: Function, sign_in: SignIn, act: str) -> None:
    comment = await written(function)
    editor = await sign_in("Person", "editor")
    assert (await editor.act(act, comment)).status_code == 404


async def test_an_advocate_sees_of_a_conversation_what_the_public_sees(
    function: Function, sign_in: SignIn
) -> None:
    root = await written(function, "Seen by all", state="published")
    await written(function, "Waiting words", root=root.id, parent=root.id)
    advocate = await sign_in("Person", "advocate")
    page = (await advocate.get(f"/items/{root.id}")).text
    assert "Seen by all" in page
    assert "Waiting words" not in page


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"csrf": ""}, 403),
        ({"csrf": "0" * 32}, 403),
        ({"csrf": "é"}, 403),
        ({"csrf": "of another session"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/json"}, 415),
        ({"cookie": ""}, 401),
        ({"cookie": "__Secure-gw-desk=" + "0" * 64}, 401),
        ({"cookie": "gw-desk=stolen"}, 401),
    ],
)
async def test_a_forged_post_changes_nothing(
    function: Function, sign_in: SignIn, change: dict[str, str], status: int
) -> None:
    comment = await written(function)
    mo, eve = await sign_in("Mo"), await sign_in("Eve")
    fields: dict[str, Any] = {"revision": comment.revision}
    headers = dict(change)
    if "csrf" in headers:
        fields["csrf"] = headers.pop("csrf").replace("of another session", eve.csrf)
    mo.headers = headers
    answer = await mo.post(f"/items/{comment.id}/approve", fields)
    assert answer.status_code == status
    assert await function.store.comment(comment.id) == comment


async def test_no_act_is_done_by_a_look(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    mo = await sign_in()
    for path in (f"/items/{comment.id}/approve", "/bulk", "/undo", "/sign-out", "/passkeys"):
        assert (await mo.get(path)).status_code == 405
    assert await function.store.comment(comment.id) == comment
    assert (await mo.get("/")).status_code == 200


async def test_other_sites_get_no_leave_to_ask_the_desk(function: Function, sign_in: SignIn) -> None:
    mo = await sign_in()
    answer = await mo.get("/", origin="https://evil.example")
    assert "access-control-allow-origin" not in answer.headers
    asked = {"origin": ORIGIN, "access-control-request-method": "POST", "cookie": mo.cookie}
    preflight = await function.client.options("/desk/bulk", headers=asked)
    assert "access-control-allow-credentials" not in preflight.headers
