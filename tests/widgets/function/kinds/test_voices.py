"""Stories and questions over HTTP: taken with their ticks, shown to their writers alone, answered, accepted, taken back."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.widgets.conftest import Build, Function, Member
from tests.widgets.solving import solution_of
from widgets.function.state.settings import ProofSettings
from widgets.function.text.locks import device_mark, held_value, name_place
from widgets.function.text.refused_pleas import refused_pleas
from widgets.rules.limits import Limit
from widgets.rules.voices.asked import checked_title
from widgets.rules.voices.states import DECLINED, SILENCE
from widgets.store.desk_records import AuditAsk, DeskRow
from widgets.store.records import Note
from widgets.store.voices import Message, Voice, Words

pytestmark = pytest.mark.anyio
TICKS = ["publish", "edit", "share"]
CANARY = "zebrafinch"
PLEA = "I want to kill myself tonight."


def body(**more: Any) -> dict[str, Any]:
    words = {"title": "A long winter", "text": f"It began with a {CANARY}.\n\n## Then\n\nIt *went*."}
    return {"form": "migraine~story", "consents": TICKS, "age": True, "lang": "en", **words, **more}


async def tell(member: Member, once: str | None = None, **more: Any) -> httpx.Response:
    headers = {"idempotency_key": once} if once else {}
    path = "/questions" if more.get("form") == "migraine~question" else "/stories"
    return await member.send("POST", path, body(**more), **headers)


async def act(member: Member, id_: str, action: str, folder: str = "stories", **more: Any) -> httpx.Response:
    return await member.send("POST", f"/{folder}/{id_}", {"action": action, **more})


async def told(function: Function, member: Member, **more: Any) -> Voice:
    answer = await tell(member, **more)
    assert answer.status_code == 201, answer.text
    found: Voice = await function.store.voices.voice(answer.json()["voice"]["id"])
    return found


async def staff_does(function: Function, voice: Voice, **change: Any) -> Voice:
    changed: Voice = await function.store.voices.change(replace(voice, **change))
    return changed


# -- words that are proposed


async def test_a_writer_sees_proposed_words_rendered_beside_the_own_with_what_changed(
    function: Function,
) -> None:
    member = function.member()
    voice = await told(function, member, text="It *went* badly.")
    await staff_does(function, voice, state="offered", offered=Words("A long winter", "It *went* well."))
    own = (await act(member, voice.id, "show")).json()["voice"]
    assert re.search(r"<em>went</em> <ins><span[^>]*>\[new: </span>well\.<", own["compared"]["after"])
    assert re.search(r"<em>went</em> <del><span[^>]*>\[left out: </span>badly\.<", own["compared"]["before"])


async def test_whoever_is_asked_to_accept_sees_the_notes_that_stand_above_the_words(
    function: Function,
) -> None:
    member = function.member()
    sent = (await tell(member)).json()
    voice = await function.store.voices.voice(sent["voice"]["id"])
    note = Note("<p>Ask your own team.</p>", "https://example.org/", "Dr Lee")
    offered = {"state": "offered", "offered": Words("A winter", "It went."), "note": note}
    await staff_does(function, voice, **offered, content_notes=("loss", "<pain>"))
    after = (await act(member, voice.id, "show")).json()["voice"]["compared"]["after"]
    assert after.startswith("<p><strong>A winter</strong></p>")
    assert re.search(r"<p><ins><span[^>]*>\[new: </span>Readers are told [^<]*: loss, &lt;pain&gt;\.<", after)
    assert after.index("&lt;pain&gt;") < after.index("Ask your own team.") < after.rindex("went")
    page = (await function.form("/receipts", {"receipt": sent["receipt"], "lang": "en"})).text
    assert "loss, &lt;pain&gt;" in page
    assert "Ask your own team." in page
    await act(member, voice.id, "accept", revision=voice.revision + 1)
    own = (await act(member, voice.id, "show")).json()["voice"]
    assert (own["state"], "loss, <pain>" in own["said"]) == ("published", True)


async def test_words_are_not_accepted_with_notes_that_were_changed_meanwhile(function: Function) -> None:
    member = function.member()
    voice = await told(function, member)
    seen = await staff_does(function, voice, state="offered", offered=Words("A winter", "It went."))
    await staff_does(function, seen, content_notes=("loss",))
    answer = await act(member, voice.id, "accept", revision=seen.revision)
    assert (answer.status_code, answer.json()["code"]) == (409, "voice-changed")


@pytest.mark.parametrize(("kind", "words"), [("story", "Your story"), ("question", "Your question")])
async def test_a_receipt_leads_to_a_page_in_the_words_of_its_kind(
    function: Function, kind: str, words: str
) -> None:
    member = function.member()
    answer = (await tell(member, form=f"migraine~{kind}")).json()
    voice = await function.store.voices.voice(answer["voice"]["id"])
    await staff_does(function, voice, state="offered", offered=Words("A *long* winter", "It went."))
    page = (await function.form("/receipts", {"receipt": answer["receipt"], "lang": "en"})).text
    assert f"<h1>{words}</h1>" in page
    assert page.index("The words that are proposed") < page.index("Your words")
    assert "<ins>" in page
    assert "answers" not in page.lower()


# -- taken


async def test_a_story_waits_to_be_read_and_its_receipt_is_told_once(function: Function) -> None:
    member = function.member()
    answer = (await tell(member)).json()
    own = answer["voice"]
    assert (own["state"], own["kind"], own["pseudonym"], own["page"]) == ("sent", "story", "", None)
    assert "14 days" in answer["notice"]
    assert len(answer["receipt"].split()) == 8
    assert re.fullmatch("[bcdfghjkmnpqrstvwxz]{8}", own["id"])
    shown = (await act(member, own["id"], "show")).json()
    assert (shown["voice"], shown.get("receipt")) == (own, None)
    snapshot = (await function.get("/snapshot?page=0&of=1")).json()
    assert snapshot["voices"] == {}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (
            {"title": "", "lang": "es"},
            "El título está vacío, es demasiado largo o tiene más de una línea. Escribe",
        ),
        ({"consents": [], "lang": "es"}, "Falta la casilla"),
        ({"age": False, "lang": "en"}, "Nothing says that you are old enough. Set the tick"),
        ({"text": "", "lang": "fr"}, "There is no text. Write something."),
        ({"text": "x" * 20_001, "lang": "es"}, "El texto es demasiado largo. Acórtalo."),
    ],
)
async def test_a_refusal_says_why_in_the_language_of_the_form(
    function: Function, sent: dict[str, Any], said: str
) -> None:
    """The page itself has no words for it."""
    assert (await tell(function.member(), **sent)).json()["said"].startswith(said)


async def test_answers_to_prompts_become_headings_in_the_language_of_the_page(function: Function) -> None:
    voice = await told(
        function, function.member(), text="", answers=["At school.", " ", "Beyond the last"], lang="es"
    )
    assert voice.written.text == "## ¿Cómo empezó?\n\nAt school."


async def test_a_retry_answers_the_same_and_keeps_one(function: Function) -> None:
    member = function.member()
    first, again = await tell(member, "an-intent-of-mine"), await tell(member, "an-intent-of-mine")
    assert first.json() == again.json()
    assert len(await function.store.voices.listed(("sent",))) == 1
    other = await tell(member, "an-intent-of-mine", title="Another")
    assert other.json()["code"] == "idempotency-mismatch"


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("a \u202e b\u2066", "a b"),
        ("My \U0001f469\u200d\u2695\ufe0f and I", "My \U0001f469\u200d\u2695\ufe0f and I"),
        ("\u0645\u06cc\u200c\u062f\u0648\u0645", "\u0645\u06cc\u200c\u062f\u0648\u0645"),
        ("soft\u00adened\ufeff", "softened"),
    ],
)
def test_a_title_loses_what_turns_directions_and_keeps_what_joins_letters_and_emoji(
    title: str, kept: str
) -> None:
    assert checked_title(title) == kept


REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"text": "x" * 50_000}, 422, "text-too-long"),
    ({"text": "é" * 40_000}, 422, "text-too-long"),
    ({"text": "x" * 400_000}, 413, "body-too-large"),
    ({"text": " \n "}, 422, "text-empty"),
    ({"text": "\x00"}, 422, "text-characters"),
    ({"title": ""}, 422, "title-invalid"),
    ({"title": "x" * 121}, 422, "title-invalid"),
    ({"title": "\u202e\u2066"}, 422, "title-invalid"),
    ({"consents": ["edit"]}, 422, "consent-missing"),
    ({"age": False}, 422, "age-missing"),
    ({"consents": ["publish", "everything"]}, 422, "body-invalid"),
    ({"form": "migraine~question"}, 404, "unknown-form"),
    ({"form": "ms~story"}, 404, "unknown-form"),
    ({"website": "x"}, 422, "trap-field"),
    ({"pseudonym": "Administrator"}, 422, "pseudonym-reserved"),
    ({"text": "Write to me: somebody@example.org"}, 409, "personal-data"),
    ({"more": 1}, 422, "body-invalid"),
]


@pytest.mark.parametrize(
    ("more", "status", "code"), REFUSED, ids=[f"{n}-{row[2]}" for n, row in enumerate(REFUSED)]
)
async def test_what_is_wrong_is_refused_and_nothing_is_kept(
    function: Function, more: dict[str, Any], status: int, code: str
) -> None:
    answer = await function.member().send("POST", "/stories", body(**more))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await function.store.voices.listed(("sent",)) == []


async def test_who_confirms_sends_personal_data_as_it_is(function: Function) -> None:
    voice = await told(function, function.member(), text="Write to somebody@example.org", confirmed=True)
    assert voice.state == "sent"


async def test_a_plea_is_taken_first_in_the_queue_and_answered_with_help(function: Function) -> None:
    answer = (await tell(function.member(), text=PLEA)).json()
    assert answer["help"][0]["name"]
    assert "Somebody reads it" in answer["help_words"]["after"]
    [voice] = await function.store.voices.listed(("sent",))
    assert (voice.urgency, "crisis" in voice.held) == (9, True)


async def test_a_plea_in_a_refused_story_is_answered_with_help_too(function: Function) -> None:
    for more in (
        {"text": PLEA, "consents": []},
        {"title": PLEA, "age": False},
        {"text": "", "answers": [PLEA], "age": False},
    ):
        answer = (await function.member().send("POST", "/stories", body(**more))).json()
        assert answer["help"], answer
    rows = await function.store.desk_rows("refused-plea")
    assert {row.value["condition"] for row in rows} == {"migraine"}


async def test_a_program_pays_with_a_proof_of_work_and_one_address_sends_few(build: Build) -> None:
    limits = {"challenge": (Limit(60, 60),), "voice": (Limit(20, 60),), "new-voice": (Limit(1, 3_600),)}
    function = build(proof=ProofSettings(cost=1, most=3, vote_most=3), limits=limits)
    member = function.member()
    refused = (await tell(member)).json()
    assert refused["code"] == "proof-required"
    taken = await tell(member, altcha=solution_of(refused["challenge"]))
    assert taken.status_code == 201
    second = (await tell(member, title="Another")).json()
    late = await tell(member, title="Another", altcha=solution_of(second["challenge"]))
    assert (late.status_code, late.json()["code"]) == (429, "rate-limited")


# -- its writer's alone


async def test_a_plea_that_waited_for_its_proof_is_no_refused_plea_once_it_is_kept(build: Build) -> None:
    """The element sends again within seconds: colleagues would look for a second person."""
    function = build(proof=ProofSettings(cost=1, most=3, vote_most=3))
    member = function.member()
    refused = (await tell(member, title="A plea", text="I am going to kill myself tonight.")).json()
    assert refused["code"] == "proof-required"
    [row] = await refused_pleas(function.store, function.services.now())
    assert (row.code, row.times) == ("proof-required", 1)
    solved = solution_of(refused["challenge"])
    taken = await tell(member, title="A plea", text="I am going to kill myself tonight.", altcha=solved)
    assert taken.status_code == 201
    assert await refused_pleas(function.store, function.services.now()) == []


async def test_who_brings_a_proof_takes_nobody_else_s_refused_plea_away(build: Build) -> None:
    """Of somebody who went away after the refusal nothing else tells."""
    function = build(proof=ProofSettings(cost=1, most=3, vote_most=3))
    gone, other = function.member(), function.member()
    words = {"title": "A plea", "text": "I am going to kill myself tonight."}
    challenge = (await tell(gone, **words)).json()["challenge"]
    assert (await tell(other, **words, altcha=solution_of(challenge))).status_code == 201
    [row] = await refused_pleas(function.store, function.services.now())
    assert (row.code, row.times) == ("proof-required", 1)


async def test_nobody_else_reaches_it(function: Function) -> None:
    member = function.member()
    voice = await told(function, member)
    for action in ("show", "reply", "accept", "withdraw", "consent"):
        for other in (function.member(), Member(function.client, "0" * 32)):
            answer = await act(other, voice.id, action, message="x", consent="share", revision=1)
            assert (answer.status_code, answer.json()["code"]) == (404, "unknown-voice")
    wrong = await act(member, voice.id, "show", folder="questions")
    assert wrong.json()["code"] == "unknown-voice"
    assert (await act(member, "bcdfghjk", "show")).json()["code"] == "unknown-voice"
    assert (await function.store.voices.voice(voice.id)) == voice


async def test_the_receipt_opens_it_from_any_device(function: Function) -> None:
    receipt = (await tell(function.member())).json()["receipt"]
    [voice] = await function.store.voices.listed(("sent",))
    other = function.member()
    assert (await act(other, voice.id, "show", receipt=receipt)).json()["voice"]["id"] == voice.id
    found = (await other.send("POST", "/receipts", {"receipt": receipt, "action": "show"})).json()
    assert found == {"voice": voice.id, "kind": "story", "state": "kept"}
    gone = (await other.send("POST", "/receipts", {"receipt": receipt, "action": "withdraw"})).json()
    assert gone["state"] == "withdrawn"
    assert await function.store.voices.voice(voice.id) is None


# -- back and forth


async def test_an_answer_to_the_desk_makes_it_wait_again(function: Function) -> None:
    member = function.member()
    voice = await told(function, member)
    asked = await staff_does(
        function, voice, state="asked", messages=(Message("staff", "When was that?", "2026-09-22"),), due=SILENCE + function.services.now()
    )  # fmt: skip
    shown = (await act(member, voice.id, "show")).json()["voice"]
    assert (shown["state"], shown["until"], shown["messages"][0]["text"]) == (
        "asked",
        "2026-10-06",
        "When was that?",
    )
    assert (await act(member, voice.id, "reply")).json()["code"] == "text-empty"
    after = (await act(member, voice.id, "reply", message="In March.", text="It began in March.")).json()[
        "voice"
    ]
    assert (after["state"], after["until"], after["written"]["text"]) == ("sent", None, "It began in March.")
    assert [one["by"] for one in after["messages"]] == ["staff", "writer"]
    stale = await act(member, voice.id, "reply", message="x", revision=asked.revision)
    assert stale.json()["code"] == "voice-changed"


async def test_only_the_very_words_that_were_shown_are_accepted(function: Function) -> None:
    member = function.member()
    voice = await told(function, member)
    offered = await staff_does(
        function,
        voice,
        state="offered",
        offered=Words("Winter", "Shorter."),
        due=SILENCE + function.services.now(),
    )
    shown = (await act(member, voice.id, "show")).json()["voice"]
    assert shown["offered"] == {"title": "Winter", "text": "Shorter."}
    newer = await staff_does(function, offered, offered=Words("Winter", "Other words."))
    stale = await act(member, voice.id, "accept", revision=shown["revision"])
    assert (stale.status_code, stale.json()["code"]) == (409, "voice-changed")
    done = (await act(member, voice.id, "accept", revision=newer.revision)).json()["voice"]
    assert (done["state"], done["page"]) == ("published", f"/stories/{voice.id}/")
    public = (await function.get("/snapshot?page=0&of=1")).json()["voices"][voice.id]
    assert (public["title"], public["html"], public["share"], public["text"]) == (
        "Winter",
        "<p>Other words.</p>\n",
        True,
        None,
    )
    assert public["pseudonym"] is None
    again = await act(member, voice.id, "accept", revision=newer.revision + 1)
    assert again.json()["code"] == "voice-state"


async def test_after_fourteen_days_of_silence_nothing_is_left_of_it(function: Function) -> None:
    member = function.member()
    voice = await told(function, member)
    await staff_does(
        function, voice, state="offered", offered=Words("W", CANARY), due=function.services.now() + SILENCE
    )
    function.clock.forward(SILENCE - 1)
    assert (await act(member, voice.id, "show")).status_code == 200
    function.clock.forward(1)
    assert (await act(member, voice.id, "show")).json()["code"] == "unknown-voice"
    assert await function.store.voices.voice(voice.id) is None
    [entry] = await function.store.audit(AuditAsk(5))
    assert (entry.action, entry.comment, entry.reason) == ("voice-lapsed", voice.id, "")


async def test_the_purge_erases_what_lapsed_and_what_was_declined(function: Function) -> None:
    voice = await told(function, function.member())
    await staff_does(function, voice, state="declined", due=function.services.now() + DECLINED)
    await function.services.purge()
    assert await function.store.voices.voice(voice.id) is not None
    function.clock.forward(DECLINED)
    await function.services.purge()
    assert await function.store.voices.voice(voice.id) is None


async def test_ticks_are_taken_back_one_by_one(function: Function) -> None:
    member = function.member()
    voice = await told(function, member, consents=[*TICKS, "archive"])
    voice = await staff_does(
        function, voice, state="published", shown=voice.written, html="<p>x</p>", published="2026-09-22"
    )
    public = (await function.get("/snapshot?page=0&of=1")).json()["voices"][voice.id]
    assert (public["share"], public["archive"], public["text"]) == (True, True, voice.written.text)
    said = [
        (await act(member, voice.id, "consent", consent=tick)).json()["notice"]
        for tick in ("share", "archive", "edit")
    ]
    assert [words.partition(".")[0] for words in said] == ["Taken back"] * 3
    assert len(set(said)) == 3
    function.clock.forward(20)
    public = (await function.get("/snapshot?page=0&of=1")).json()["voices"][voice.id]
    assert (public["share"], public["archive"], public["text"]) == (False, False, None)
    assert await function.store.takedowns() == 2  # pages show nothing of the tick for editing
    gone = (await act(member, voice.id, "consent", consent="publish")).json()
    assert gone["voice"]["state"] == "withdrawn"
    assert (await function.get("/snapshot?page=0&of=1")).json()["voices"] == {}


async def test_without_the_tick_for_editing_changed_words_are_dropped(function: Function) -> None:
    member = function.member()
    voice = await told(function, member)
    await staff_does(
        function, voice, state="offered", offered=Words("W", "w"), due=SILENCE + function.services.now()
    )
    after = (await act(member, voice.id, "consent", consent="edit")).json()["voice"]
    assert (after["state"], after["offered"], after["until"]) == ("read", None, None)


async def test_a_withdrawal_leaves_no_word_in_the_files(function: Function) -> None:
    member = function.member()
    voice = await told(function, member, pseudonym="Quiet Heron")
    answer = (await act(member, voice.id, "withdraw")).json()
    assert CANARY not in str(answer)
    for path in sorted(function.folder.iterdir()):
        assert CANARY.encode() not in path.read_bytes(), path.name
        assert b"Quiet Heron" not in path.read_bytes(), path.name
    with sqlite3.connect(function.folder / "store.sqlite") as raw:
        assert raw.execute("SELECT count(*) FROM voices").fetchone() == (0,)


async def test_the_button_says_within_how_many_minutes_pages_follow(build: Build) -> None:
    hook = "https://hook.example/"
    said = (
        ({"build_minutes": 7}, 7),
        ({"build_hook": hook, "build_minutes": 7}, 7),
        ({"build_hook": hook}, 15),
    )
    for settings, minutes in said:
        own = (await tell(build(**settings).member())).json()["voice"]
        assert f"about {minutes} minutes" in own["withdrawing"]
    silent = (await tell(build().member())).json()["voice"]
    assert "the next time" in silent["withdrawing"]


async def test_a_withdrawn_plea_leaves_a_line_without_words(function: Function) -> None:
    member = function.member()
    voice = await told(function, member, text=PLEA)
    await act(member, voice.id, "withdraw")
    [row] = await function.store.desk_rows("withdrawn-plea")
    assert set(row.value) == {"condition", "level", "minute"}


# -- me, and forms


async def test_me_shows_and_erases_them(function: Function) -> None:
    member = function.member()
    story, question = await told(function, member), await told(function, member, form="migraine~question")
    mine = (await member.send("POST", "/me", {"action": "show"})).json()
    assert ([one["id"] for one in mine["stories"]], [one["id"] for one in mine["questions"]]) == (
        [story.id],
        [question.id],
    )
    erased = (await member.send("DELETE", "/me")).json()["erased"]
    assert (erased["stories"], erased["questions"]) == (1, 1)
    assert await function.store.voices.listed(("sent",)) == []


async def test_everything_can_be_done_without_scripts(function: Function) -> None:
    ticks = {"publish": "on", "edit": "on", "age": "on", "lang": "en"}
    sent = await function.form(
        "/stories", {"form": "migraine~story", "title": "A long winter", "q.1": "At school.", **ticks}
    )
    assert sent.status_code == 200
    receipt = re.search(r"<strong>([a-z ]+)</strong>", sent.text)
    assert receipt is not None
    cookies = {"__Host-gw": sent.cookies["__Host-gw"]}
    [voice] = await function.store.voices.listed(("sent",))
    assert voice.written.text == "## How did it begin?\n\nAt school."
    await staff_does(
        function,
        voice,
        state="offered",
        offered=Words("Winter", "<b>Shorter</b>."),
        due=SILENCE + function.services.now(),
    )
    mine = await function.get("/me", accept="text/html", cookie=f"__Host-gw={cookies['__Host-gw']}")
    assert "&lt;b&gt;Shorter&lt;/b&gt;." in mine.text
    revision = re.search(r'name="revision" value="(\d+)"', mine.text)
    assert revision is not None
    done = await function.form(
        f"/stories/{voice.id}", {"action": "accept", "revision": revision[1], "lang": "en"}, cookies
    )
    assert "It is published" in done.text
    gone = await function.form("/receipts", {"receipt": receipt[1], "action": "withdraw", "lang": "es"})
    assert "Retirado" in gone.text
    assert 'href="/api/v1/me?lang=es"' in gone.text
    assert await function.store.voices.voice(voice.id) is None


# -- care


async def test_a_plea_anywhere_in_an_answer_to_the_desk_is_answered_with_help(function: Function) -> None:
    for more in (
        {"message": "Thank you.", "text": PLEA},
        {"message": "Thank you.", "title": PLEA},
        {"message": PLEA, "text": "It began in March."},
    ):
        member = function.member()
        voice = await told(function, member)
        answer = (await act(member, voice.id, "reply", **more)).json()
        assert answer.get("help"), more
        now = await function.store.voices.voice(voice.id)
        assert (now.urgency, "crisis" in now.held) == (9, True)


async def test_a_plea_that_was_told_to_the_desk_stays_a_plea_after_the_next_message(
    function: Function,
) -> None:
    member = function.member()
    voice = await told(function, member)
    await act(member, voice.id, "reply", message=PLEA)
    await act(member, voice.id, "reply", message="Thank you.")
    assert "crisis" in (await function.store.voices.voice(voice.id)).held


@pytest.fixture
def with_ages(manifest: dict[str, Any]) -> None:
    manifest["conditions"]["migraine"]["minimum_age"] = 16
    line = {"name": "A line", "phone": "116 123", "kinds": ["suicide"]}
    child = {"name": "A line for children", "phone": "0800 1111", "kinds": ["child"]}
    manifest["help"] = {"en": [line, child]}


@pytest.mark.usefixtures("with_ages")
async def test_who_tells_an_age_below_the_conditions_is_held_as_a_child_from_then_on(
    function: Function,
) -> None:
    member = function.member()
    first = await told(function, member, text="I am 13 years old and it began in winter.")
    assert "child" in first.held
    await act(member, first.id, "reply", text="It began in winter.")
    assert "child" in (await function.store.voices.voice(first.id)).held
    later = await told(function, member, title="Another")
    await act(member, later.id, "reply", message="I am 13 years old.")
    assert "child" in (await function.store.voices.voice(later.id)).held


@pytest.mark.usefixtures("with_ages")
async def test_the_plea_of_a_child_is_answered_with_lines_for_children_first(function: Function) -> None:
    answer = (await tell(function.member(), text=f"I am 13 years old. {PLEA}")).json()
    assert [line["name"] for line in answer["help"]] == ["A line for children", "A line"]


async def test_the_desk_reads_that_a_story_comes_from_a_device_on_hold(function: Function) -> None:
    member = function.member()
    mark = device_mark(function.services.keys, function.services.keys.author("ms", member.key))
    value = held_value("mo", mark, None)
    hold = DeskRow("name-hold", name_place("ms", "heron"), value, function.services.now() + 60)
    await function.store.keep_desk_row(hold)
    assert "device-held" in (await told(function, member)).held
    assert "device-held" not in (await told(function, function.member())).held
