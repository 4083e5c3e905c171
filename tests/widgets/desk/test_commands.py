"""`gatherwell desk …`: the same acts from a terminal, in the same audit."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.cli.desk import _ANSWERS, _ROLES
from tests.sites import TinySite
from tests.widgets.function.state.alarms import mailbox, webhook
from widgets.adapters import server
from widgets.desk.auth.people import knows_invitation
from widgets.desk.auth.rights import ROLES
from widgets.desk.moderation.actions import ANSWERS
from widgets.store.records import Comment
from widgets.store.sqlite import SqliteStore


@dataclass(frozen=True)
class Said:
    stdout: str
    output: str


Run = Callable[..., Said]
ID = "01k5q3w8r0c4v7n2x9h6j5t1ma"


@pytest.fixture
def root(site: TinySite) -> Path:
    site.put("gatherwell.yaml", "title: Ours\nbase_url: https://ours.health/\n")
    site.put("content/_people/lee.md", "---\nname: Dr Lee\nrole: clinician\n---\n")
    site.put("content/migraine/_index.md", "---\ntitle: Migraine\n---\n")
    asyncio.run(SqliteStore(site.root / ".gatherwell" / "function.sqlite").close())
    return site.root


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*args: str, code: int = 0) -> Said:
        with pytest.raises(SystemExit) as ended:
            main(["desk", *args, "--root", str(root)])
        out, err = capsys.readouterr()
        assert (ended.value.code or 0) == code, out + err
        return Said(out, out + err)

    return call


def in_store(root: Path, work: Callable[[SqliteStore], Any]) -> Any:
    async def run_it() -> Any:
        store = SqliteStore(root / ".gatherwell" / "function.sqlite")
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run_it())


@pytest.fixture
def comment(root: Path) -> Comment:
    value = Comment(
        id=ID,
        thread="migraine~weather",
        condition="migraine",
        root=ID,
        parent=None,
        author="a" * 32,
        pseudonym="Quiet Heron",
        skeleton="quietheron",
        text="Stop your pills.",
        html="<p>Stop your pills.</p>",
        lang="en",
        state="held",
        created=1_790_000_000,
        held=("medical-claim",),
        urgency=7,
        queued=True,
    )
    in_store(root, lambda store: store.add_comment(value, None))
    return value


def test_the_command_names_the_desks_own_roles_and_answers() -> None:
    assert _ROLES == ROLES
    assert _ANSWERS == ANSWERS


def test_an_invitation_prints_a_link_that_the_desk_knows(run: Run, root: Path) -> None:
    link = run("invite", "Mo Ray", "--role", "moderator", "--endpoint", "https://example.org").stdout.strip()
    found = re.fullmatch(r"https://example\.org/desk/enter\?t=([0-9a-f]{64})", link)
    assert found is not None
    assert in_store(root, lambda store: knows_invitation(store, found[1], 0))


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8000/",
        "https://gatherwell.example/",
        "https://www.example.org/",
        "http://127.0.0.1/",
    ],
)
def test_no_link_is_printed_that_leads_nowhere(run: Run, root: Path, address: str) -> None:
    (root / "gatherwell.yaml").write_text(f"title: Ours\nbase_url: {address}\n")
    told = run("invite", "Mo Ray", "--role", "moderator", code=1)
    assert told.stdout == ""
    assert "would lead nowhere\n    name the site's origin with --endpoint https://" in told.output
    assert json.loads(run("staff", "--json").stdout) == []


def test_a_link_leads_to_where_the_function_is(run: Run, root: Path) -> None:
    (root / "gatherwell.yaml").write_text(
        "title: Ours\nbase_url: https://ours.health/\nwidgets: {endpoint: 'https://talk.ours.health/api/v1'}\n"
    )
    link = run("invite", "Mo Ray", "--role", "moderator").stdout
    assert link.startswith("https://talk.ours.health/desk/enter?t=")


def test_the_staff_are_listed_with_who_verified_them(run: Run) -> None:
    told = (
        "--role",
        "clinician",
        "--person",
        "lee",
        "--verified-by",
        "The clinic",
        "--condition",
        "migraine",
    )
    run("invite", "Dr Lee", *told)
    [person] = json.loads(run("staff", "--json").stdout)
    assert (person["id"], person["role"], person["person"]) == ("dr-lee", "clinician", "lee")
    assert (person["conditions"], person["verified_by"]) == (["migraine"], "The clinic")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", person["verified_on"])
    assert "Dr Lee, clinician in migraine; verified by The clinic" in run("staff").stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("Dr Lee", "--role", "clinician", "--verified-by", "us"), "--person"),
        (("Dr Lee", "--role", "clinician", "--person", "lee"), "--verified-by"),
        (("Mo", "--role", "moderator", "--person", "nobody"), "no profile 'nobody'"),
        (("Mo", "--role", "moderator", "--person", "../_people/lee"), "no profile"),
        (("Mo", "--role", "moderator", "--condition", "../content/migraine"), "no condition"),
        (("Mo", "--role", "moderator", "--condition", "gout"), "no condition 'gout'"),
        (("M", "--role", "moderator"), "2 to 40 characters"),
    ],
)
def test_a_person_is_not_invited_half(run: Run, args: tuple[str, ...], said: str) -> None:
    assert said in run("invite", *args, code=1).output
    assert json.loads(run("staff", "--json").stdout) == []


def test_an_unknown_role_is_wrong_usage(run: Run) -> None:
    run("invite", "Mo", "--role", "owner", code=2)


def test_a_revoked_person_is_out_and_stays_listed(run: Run) -> None:
    run("invite", "Mo", "--role", "moderator")
    run("revoke", "mo")
    assert "Mo, moderator in every condition; revoked" in run("staff").stdout
    assert "Nobody of this name" in run("revoke", "mo", code=1).output


def test_a_comment_is_shown_with_reasons_and_what_was_done(run: Run, comment: Comment) -> None:
    run("hold", ID)
    text = run("show", ID).stdout
    assert "Quiet Heron: Stop your pills." in text
    assert "held; medical-claim" in text
    assert "terminal: hold" in text
    document = json.loads(run("show", ID, "--json").stdout)
    assert document["comment"]["id"] == document["conversation"][0]["id"] == ID
    assert [entry["action"] for entry in document["audit"]] == ["hold"]


def test_a_decision_in_the_terminal_is_in_the_audit(run: Run, comment: Comment) -> None:
    assert run("reject", ID, "--answer", "medical-claim").stdout == f"{ID}: rejected\n"
    [entry] = map(json.loads, run("export").stdout.splitlines())
    assert (entry["actor"], entry["action"], entry["reason"]) == ("terminal", "reject", "medical-claim")
    assert "pills" not in str(entry)


def test_a_note_is_a_clinicians_on_the_staff(run: Run, root: Path, comment: Comment) -> None:
    note = ("note", ID, "Never *alone*.", "--source", "https://example.org/why", "--by", "dr-lee")
    assert "no clinician on the staff" in run(*note, code=1).output
    run("invite", "Dr Lee", "--role", "clinician", "--person", "lee", "--verified-by", "us")
    assert run(*note).stdout == f"{ID}: noted\n"
    noted = in_store(root, lambda store: store.comment(ID))
    assert noted.note.by == "Dr Lee"
    assert noted.note.html.startswith("<p>Never <em>alone</em>.</p>\n<p>Dr Lee · <a ")


def test_a_note_needs_a_source_on_https(run: Run, comment: Comment) -> None:
    said = run("note", ID, "No.", "--source", "http://x", "--by", "dr-lee", code=1)
    assert "https://" in said.output


@pytest.mark.parametrize("act", ["show", "approve", "reject", "hold"])
def test_what_is_not_there_is_said_so(run: Run, act: str) -> None:
    assert "there is no such comment" in run(act, "nothing", code=1).output


def test_purging_says_what_it_destroyed(run: Run, root: Path, comment: Comment) -> None:
    assert run("purge").stdout == "0 rejected comments destroyed\n"
    run("reject", ID)

    async def long_ago(store: SqliteStore) -> None:
        from widgets.store.interface import CommentChange

        found = await store.comment(ID)
        assert found is not None
        await store.change_comment(CommentChange(ID, found.revision, {"decided": 1}))

    in_store(root, long_ago)
    assert run("purge").stdout == "1 rejected comment destroyed\n"
    assert in_store(root, lambda store: store.comment(ID)) is None


@pytest.fixture
def no_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WEBHOOK", "SMTP"):
        monkeypatch.delenv(f"GATHERWELL_ALERT_{name}", raising=False)


def test_a_test_alert_goes_out_by_every_channel_and_says_what_it_is(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with webhook() as hook, mailbox() as mail, webhook() as second:
        monkeypatch.setenv("GATHERWELL_ALERT_WEBHOOK", hook.address)
        monkeypatch.setenv("GATHERWELL_ALERT_SECOND_WEBHOOK", second.address)
        monkeypatch.setenv("GATHERWELL_ALERT_SMTP", mail.address)
        monkeypatch.setenv("GATHERWELL_ALERT_FROM", "site@example.org")
        monkeypatch.setenv("GATHERWELL_ALERT_TO", "one@example.org")
        told = run("alert", "--test", "--endpoint", "https://example.org").stdout
    assert told == "webhook: sent\nsecond webhook: sent\ne-mail: sent\n"
    _, document = hook.taken()
    assert document["test"] is True
    assert "This is a test: alerts of https://example.org arrive here." in document["text"]
    assert "This is a test" in mail.taken()
    assert second.taken()


def test_a_channel_that_fails_is_named_without_its_address(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with webhook(refuse=1) as hook:
        monkeypatch.setenv("GATHERWELL_ALERT_WEBHOOK", hook.address)
        said = run("alert", "--test", code=1).output
    assert "webhook: failed" in said
    assert "secret-token" not in said


@pytest.mark.usefixtures("no_channel")
def test_without_a_channel_a_test_alert_says_what_to_set(run: Run) -> None:
    assert "GATHERWELL_ALERT_WEBHOOK" in run("alert", "--test", code=1).output


@pytest.mark.usefixtures("no_channel")
def test_a_check_of_the_function_warns_where_nobody_is_called(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(SqliteStore(root / ".gatherwell" / "store.sqlite").close())
    with pytest.raises(SystemExit) as ended:
        main(["function", "check", "--root", str(root), "--store", f"sqlite:{root}/.gatherwell/store.sqlite"])
    said = capsys.readouterr()
    assert not ended.value.code
    assert "warning: Nobody is called" in said.err
    assert said.out == "The store is sound.\n"


@pytest.mark.usefixtures("no_channel")
def test_a_start_warns_where_nobody_is_called(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(server, "_run", lambda host, port, workers: None)
    monkeypatch.setattr(server.os, "environ", dict(os.environ))
    server.serve(
        manifest=str(root / "manifest.json"),
        store=f"sqlite:{root}/store.sqlite",
        secret_file=str(root / "secret"),
    )
    assert "Nobody is called" in caplog.text
