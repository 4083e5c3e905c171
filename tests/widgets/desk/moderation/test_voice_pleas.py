"""A story or question with a plea, or by somebody who may be a child, is treated as a comment with one."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.widgets.conftest import Function, Member
from tests.widgets.desk.conftest import Colleague, SignIn, told, written
from widgets.rules.voices import of_child
from widgets.store.desk_records import AuditAsk
from widgets.store.voices import Voice

pytestmark = pytest.mark.anyio
PLEA: dict[str, Any] = {"held": ("policy", "crisis"), "urgency": 9}
CHILD: dict[str, Any] = {"held": ("policy", "child"), "urgency": 4}
ANSWER = "I have read every word, zugzwang."
FIRST = "We are not a crisis service and may not be here tonight."
DAY = 86_400


async def does(colleague: Colleague, voice: Voice, act: str, **fields: Any) -> Any:
    return await colleague.post(f"/voices/{voice.id}/{act}", {"revision": voice.revision, **fields})


async def now(function: Function, voice: Voice) -> Voice | None:
    found: Voice | None = await function.store.voices.voice(voice.id)
    return found


async def sent_by(function: Function, member: Member, **more: Any) -> Voice:
    """A story with a plea, as its writer's device sends it."""
    words = {"title": "A long winter", "text": "I am going to end my life tonight.", **more}
    body = {"form": "migraine~story", "consents": ["publish", "edit"], "age": True, "lang": "en", **words}
    answer = await member.send("POST", "/stories", body)
    assert answer.status_code == 201, answer.text
    found: Voice = await function.store.voices.voice(answer.json()["voice"]["id"])
    return found


def unfolded(page: str) -> str:
    """What stands on the page before anything is opened."""
    return re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)


def buttons(page: str) -> list[str]:
    """What can be pressed below *What you can do*, in its order; summaries are words that open."""
    acts = page.partition('id="acts"')[2]
    return [
        re.sub(r"<[^>]+>", "", one)
        for one in re.findall(r"<(?:button|summary)[^>]*>(.*?)</(?:button|summary)>", acts)
    ]


async def test_a_story_with_a_plea_stands_in_the_queue_where_a_comment_would(
    function: Function, sign_in: SignIn
) -> None:
    routine = await written(function)
    thoughts = await written(function, held=("crisis",), urgency=8)
    story = await told(function, **PLEA)
    child = await told(function, kind="question", **CHILD)
    plain = await told(function)
    queue = (await (await sign_in()).get("/")).text
    places = [queue.index(f'id="i-{one.id}"') for one in (story, thoughts, child, routine)]
    assert places == sorted(places)
    assert f'id="i-{plain.id}"' not in queue
    assert queue.count("At once") == 1
    assert "4 posts wait" in queue


@pytest.mark.parametrize("held", [PLEA, CHILD], ids=["plea", "child"])
async def test_it_is_folded_with_its_title_in_the_queue_and_on_its_page(
    function: Function, sign_in: SignIn, held: dict[str, Any]
) -> None:
    voice, mo = await told(function, **held), await sign_in()
    for path in ("/", "/voices", f"/voices/{voice.id}"):
        page = (await mo.get(path)).text
        assert "Story by a member" in unfolded(page), path
        assert "zebrafinch" not in unfolded(page), path
        assert "A long winter" not in unfolded(page), path


async def test_what_its_writer_wrote_to_the_desk_is_folded_too(function: Function, sign_in: SignIn) -> None:
    member, mo = function.member(), await sign_in()
    voice = await sent_by(function, member, text="It began with a zebrafinch.")
    said = {"action": "reply", "message": "I am going to end my life tonight."}
    assert (await member.send("POST", f"/stories/{voice.id}", said)).status_code == 200
    page = (await mo.get(f"/voices/{voice.id}")).text
    assert "end my life" in page
    assert "end my life" not in unfolded(page)


@pytest.mark.parametrize(
    ("held", "first"), [(PLEA, "Seen, I am on it"), (CHILD, "Seen, I am on it"), ({}, "I am on it")]
)
async def test_seen_comes_first_and_nothing_is_shown_by_one_press(
    function: Function, sign_in: SignIn, held: dict[str, Any], first: str
) -> None:
    voice, mo = await told(function, **held), await sign_in(may_answer_crisis=True)
    page = (await mo.get(f"/voices/{voice.id}")).text
    assert buttons(page)[0] == first
    assert ("Publish as it is" in buttons(page)) == (not held)
    assert ("Show it to everybody…" in buttons(page)) == bool(held)
    assert ("Answer privately…" in buttons(page)) == (held != CHILD)
    if held:
        before = buttons(page)[: buttons(page).index("Show it to everybody…")]
        assert "Hand over…" in before
        assert ("Answer privately…" in before) == (held == PLEA)


@pytest.mark.parametrize("held", [PLEA, CHILD], ids=["plea", "child"])
@pytest.mark.parametrize("act", ["voice-publish", "voice-offer"])
async def test_it_is_published_by_nobody_who_has_not_confirmed_it(
    function: Function, sign_in: SignIn, held: dict[str, Any], act: str
) -> None:
    voice, mo = await told(function, state="read", **held), await sign_in()
    words = {"title": voice.written.title, "text": voice.written.text} if act == "voice-offer" else {}
    assert (await does(mo, voice, act, **words)).status_code == 409
    assert await now(function, voice) == voice
    assert (await does(mo, voice, act, sure="1", **words)).status_code == 303
    published = await now(function, voice)
    assert published
    assert (published.state, published.urgency) == ("published", 0)
    assert of_child(published) == of_child(voice)


@pytest.mark.parametrize("held", [PLEA, CHILD], ids=["plea", "child"])
async def test_changed_words_of_it_are_offered_by_nobody_who_has_not_confirmed_it(
    function: Function, sign_in: SignIn, held: dict[str, Any]
) -> None:
    """Its writer's acceptance publishes them."""
    voice, mo = await told(function, state="read", **held), await sign_in()
    words = {"title": voice.written.title, "text": f"{voice.written.text} Much later."}
    assert (await does(mo, voice, "voice-offer", **words)).status_code == 409
    assert await now(function, voice) == voice
    assert (await does(mo, voice, "voice-offer", sure="1", **words)).status_code == 303
    offered = await now(function, voice)
    assert offered
    assert offered.state == "offered"


async def test_the_first_who_has_seen_it_is_on_it_until_a_decision(
    function: Function, sign_in: SignIn
) -> None:
    voice, mo, ed = await told(function, **PLEA), await sign_in(), await sign_in("Ed", "editor")
    answer = await mo.post(f"/voices/{voice.id}/claim", {"queue": "1", "at": "lang=en"})
    assert answer.headers["location"].partition("?")[2].endswith(f"&lang=en#i-{voice.id}")
    assert "Mo is on it" in (await ed.get("/")).text
    assert (await does(ed, voice, "claim")).status_code == 409
    opened = await now(function, voice)
    assert opened
    assert (await does(mo, opened, "voice-decline", answer="care")).status_code == 303
    assert await function.store.desk_rows("assigned") == []


async def test_it_is_handed_over_to_somebody_who_may_read_it(function: Function, sign_in: SignIn) -> None:
    voice, mo = await told(function, **PLEA), await sign_in()
    dr = await sign_in("Dr Lee", "clinician")
    await sign_in("Ann", "advocate")
    assert (await does(mo, voice, "hand-over", to="ann")).status_code == 400
    assert (await does(mo, voice, "hand-over", to="dr-lee")).status_code == 303
    assert "You are on it" in (await dr.get(f"/voices/{voice.id}")).text


async def test_whom_it_can_be_handed_to_is_marked_in_words(function: Function, sign_in: SignIn) -> None:
    voice, comment = await told(function, **PLEA), await written(function, held=("crisis",), urgency=9)
    mo = await sign_in()
    await sign_in("Ed", "editor")
    await sign_in("Dr Lee", "clinician", may_answer_crisis=True)
    await sign_in("Sue", "moderator", may_answer_crisis=True, conditions=("multiple-sclerosis",))
    for path in (f"/voices/{voice.id}", f"/items/{comment.id}"):
        page = (await mo.get(path)).text
        choices = re.findall(r"<option value=\"[\w-]+\">([^<]*)</option>", page.partition('name="to"')[2])
        assert choices == ["Dr Lee (Clinician, may answer privately)", "Ed (Editor)"], path


async def test_a_private_answer_reaches_its_writer_alone_and_says_what_they_can_do(
    function: Function, sign_in: SignIn
) -> None:
    member, mo = function.member(), await sign_in(may_answer_crisis=True)
    voice = await sent_by(function, member)
    assert (await does(mo, voice, "private-answer", text=ANSWER)).status_code == 303
    [own] = (await member.send("GET", "/me")).json()["stories"]
    html = own["answer"]["html"]
    assert html.index(FIRST) < html.index("tel:") < html.index(ANSWER) < html.index("You cannot write back")
    assert own["answer"]["button"] == "I have read it"
    page = await function.get("/me", accept="text/html", cookie=f"__Host-gw={member.key}")
    assert ANSWER in page.text
    assert f'action="/api/v1/answers/{voice.id}/read"' in page.text
    shown = await member.send("POST", f"/stories/{voice.id}", {"action": "show"})
    assert "zugzwang" not in shown.text  # by the receipt's way, which others may hold, it is not told


async def test_beside_a_declined_plea_stand_lines_of_help(function: Function, sign_in: SignIn) -> None:
    member, mo = function.member(), await sign_in()
    plea = await sent_by(function, member, text="I want to kill myself tonight. I have written the letters.")
    plain = await sent_by(function, member, text="Another winter, another year.", title="Winter")
    for voice in (plea, plain):
        assert (await does(mo, voice, "voice-decline", answer="other")).status_code == 303
    own = {one["id"]: one["help"] for one in (await member.send("GET", "/me")).json()["stories"]}
    assert "tel:" in own[plea.id]
    assert own[plain.id] == ""
    page = await function.get("/me", accept="text/html", cookie=f"__Host-gw={member.key}")
    assert page.text.count(own[plea.id]) == 1


async def test_nobody_else_reads_it_or_says_that_it_was_read(function: Function, sign_in: SignIn) -> None:
    member, other, mo = function.member(), function.member(), await sign_in(may_answer_crisis=True)
    voice = await sent_by(function, member)
    await sent_by(function, other, text="Another winter, another year.")
    await does(mo, voice, "private-answer", text=ANSWER)
    for path in ("/snapshot", "/snapshot?page=1"):
        assert "zugzwang" not in (await function.get(path)).text
    assert "zugzwang" not in (await other.send("GET", "/me")).text
    for client in (other, function.member()):
        refused = await client.send("POST", f"/answers/{voice.id}/read", {})
        assert (refused.status_code, refused.json()["code"]) == (404, "unknown-comment")
    entries = await function.store.audit(AuditAsk(comment=voice.id))
    assert [entry.action for entry in entries] == ["private-answer"]
    assert "zugzwang" not in str(entries)
    eve = await sign_in("Eve", "editor")
    assert "zugzwang" not in (await eve.get(f"/voices/{voice.id}")).text
    assert "no receipt yet" in (await mo.get(f"/voices/{voice.id}")).text
    assert (await member.send("POST", f"/answers/{voice.id}/read", {})).status_code == 200
    assert "read 2026-09-22" in (await mo.get(f"/voices/{voice.id}")).text


@pytest.mark.parametrize("way", ["withdraw", "erase", "time", "lapse"])
async def test_it_is_erased_with_the_story_or_after_thirty_days(
    function: Function, sign_in: SignIn, way: str
) -> None:
    member, mo = function.member(), await sign_in(may_answer_crisis=True)
    voice = await sent_by(function, member)
    await does(mo, voice, "private-answer", text=ANSWER)
    await does(mo, voice, "claim")
    if way == "withdraw":
        await member.send("POST", f"/stories/{voice.id}", {"action": "withdraw"})
    elif way == "erase":
        await member.send("DELETE", "/me")
    elif way == "time":
        function.clock.forward(30 * DAY)
        assert (await member.send("GET", "/me")).json()["stories"][0]["answer"] is None
        await function.services.purge()
    else:
        await does(mo, voice, "voice-ask", question="When was that?")
        function.clock.forward(15 * DAY)
        await function.services.purge()
        assert await now(function, voice) is None
    assert await function.store.desk_rows("private-answer") == []
    assert await function.store.desk_rows("assigned") == []


async def test_who_may_be_a_child_is_answered_by_nobody_whatever_becomes_of_the_story(
    function: Function, sign_in: SignIn
) -> None:
    voice, mo = await told(function, state="read", **CHILD), await sign_in(may_answer_crisis=True)
    for _ in range(2):
        page = (await mo.get(f"/voices/{voice.id}")).text
        assert "nobody answers privately" in page
        assert 'name="text" rows="9"' not in page
        assert (await does(mo, voice, "private-answer", text=ANSWER)).status_code == 409
        await does(mo, voice, "voice-publish", sure="1")
        voice = await function.store.voices.voice(voice.id)
    assert await function.store.desk_rows("private-answer") == []


async def test_chosen_sentences_come_into_the_text_before_anything_is_sent(
    function: Function, sign_in: SignIn
) -> None:
    voice, mo = await told(function, **PLEA), await sign_in(may_answer_crisis=True)
    page = await does(mo, voice, "private-answer", compose="1", text="Dear you,", see="Seen.")
    assert "Dear you,\n\nSeen.</textarea>" in page.text
    assert await function.store.desk_rows("private-answer") == []


async def test_an_answer_is_to_the_words_that_were_read(function: Function, sign_in: SignIn) -> None:
    member, mo = function.member(), await sign_in(may_answer_crisis=True)
    voice = await sent_by(function, member)
    await member.send("POST", f"/stories/{voice.id}", {"action": "reply", "message": "I am better now."})
    assert (await does(mo, voice, "private-answer", text=ANSWER)).status_code == 409
    assert await function.store.desk_rows("private-answer") == []


@pytest.mark.parametrize(
    ("role", "asks", "said"),
    [
        ("clinician", False, "moderators and editors decide"),
        ("moderator", True, ""),
    ],
)
async def test_who_may_not_decide_reads_why_and_sees_no_button_for_it(
    function: Function, sign_in: SignIn, role: str, asks: bool, said: str
) -> None:
    voice, person = await told(function, state="read"), await sign_in("Person", role)
    page = (await person.get(f"/voices/{voice.id}")).text
    assert said in page
    assert ("moderators and editors decide" in page) == bool(said)
    for act in ("voice-publish", "voice-ask", "voice-offer", "voice-decline"):
        assert (f"/{voice.id}/{act}" in page) == asks


async def test_no_act_stands_there_that_would_be_refused(function: Function, sign_in: SignIn) -> None:
    editor = await sign_in("Ed", "editor")
    for more, words in (
        ({"consents": ("publish",)}, "does not want others to change the words"),
        ({"held": ("child",), "urgency": 4}, "may be a child"),
    ):
        voice = await told(function, state="read", **more)
        page = (await editor.get(f"/voices/{voice.id}")).text
        assert words in page
        tried = {act: f"/{voice.id}/{act}" in page for act in ("voice-offer", "voice-ask")}
        for act, fields in (
            ("voice-offer", {"title": "W", "text": "w", "sure": "1"}),
            ("voice-ask", {"question": "When?"}),
        ):
            fresh = await function.store.voices.voice(voice.id)
            refused = (await does(editor, fresh, act, **fields)).status_code == 409
            assert refused != tried[act], act
            if not refused:
                break
