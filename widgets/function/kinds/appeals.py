"""Owns `POST appeals`: one text for each rejected post, by its writer alone, with a proof of work."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.problems import Problem, ProofRequired
from widgets.function.http.answers import json_answer
from widgets.function.http.incoming import Write, read_write
from widgets.function.http.member import Member, known_member
from widgets.function.http.routing import ApiRoute, Described
from widgets.function.pages.help_lines import help_parts
from widgets.function.pages.said import Said, said_or_help
from widgets.function.shapes import Altcha, CommentId, Lang, Strict
from widgets.function.state.proofs import challenge_for, spend_proof
from widgets.function.state.services import Services
from widgets.function.strings import language, phrase
from widgets.function.text.appeals import LONGEST, Appeal, keep_appeal, look_at, may_appeal
from widgets.function.text.crisis_help import How, call_for, help_with
from widgets.function.text.submit import earlier_comment
from widgets.rules.age import tells_age_below
from widgets.rules.crisis import judge_plea
from widgets.rules.text import normalise
from widgets.store.records import Comment, Once


class AppealRequest(Strict, frozen=True):
    comment: CommentId
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]
    altcha: Altcha | None = None
    lang: Lang | None = None


class AppealAnswer(msgspec.Struct, frozen=True):
    """`said`: what becomes of it; `html`: lines of help, where the appeal itself tells of danger."""

    comment: CommentId
    state: str
    said: str
    html: str


async def appeal(services: Services, request: Request) -> Response:
    """Read by another person than the one who decided, where there is one. Whoever did not write the post learns nothing."""
    write = await read_write(request, services)
    await services.rate_limits.draw("appeal", write.address)
    member = known_member(write)
    wanted = _by_form(write) if write.is_form else write.json(AppealRequest)
    comment = await _own(services, member, wanted.comment)
    text = normalise(wanted.text, LONGEST)
    once = member.once(services, "appeal", comment.author, comment.id, text)
    kept = await earlier_comment(services, once)
    if kept is None:
        if not may_appeal(comment, services.now()):
            raise Problem("appeal-over")
        await _demand_proof(services, member, wanted.altcha, once)
        kept = await _keep(services, comment, text, once)
    return await _answer(services, request, write, kept, text)


def _by_form(write: Write) -> AppealRequest:
    fields = write.fields()
    text = fields.get("text", "").strip()
    if not text:
        raise Problem("text-empty")
    return AppealRequest(fields.get("comment", ""), text, None, fields.get("lang") or None)


async def _own(services: Services, member: Member, id_: str) -> Comment:
    comment = await services.store.comment(id_)
    if comment is None or comment.author != services.keys.author(comment.condition, member.device):
        raise Problem("unknown-comment")
    return comment


async def _demand_proof(services: Services, member: Member, altcha: str | None, once: Once | None) -> None:
    """A form's sender may have no scripts: lower limits then stand in its place. Raises Problem."""
    if not services.settings.proof.required:
        return
    if member.write.is_form:
        await services.rate_limits.draw("form-appeal", member.write.address)
        return
    if altcha is None:
        await services.rate_limits.draw("challenge", member.write.address)
        raise ProofRequired(challenge_for(services, "text"))
    await spend_proof(services, "text", altcha, once)


async def _keep(services: Services, comment: Comment, text: str, once: Once | None) -> Comment:
    manifest = await services.manifest.current()
    plea = judge_plea(text, comment.lang)
    age = manifest.minimum_age(comment.condition)
    found = await look_at(services.store, comment, text, age, services.now())
    how = How(plea.alert if plea else "none", proven=True)
    call = call_for(services, manifest, comment.condition, ("crisis",), how)
    kept = await keep_appeal(services.store, comment, Appeal(text, services.now()), found, call, once)
    if call is not None:
        await services.alerts.told()
    return kept


async def _answer(
    services: Services, request: Request, write: Write, comment: Comment, text: str
) -> Response:
    manifest, plea = await services.manifest.current(), judge_plea(text, comment.lang)
    young = tells_age_below(text, manifest.minimum_age(comment.condition))
    given = help_with(manifest, plea, comment.lang, write.languages, young=young)
    if write.is_form:
        said = Said("appealed", comment.lang, thread=comment.thread)
        return said_or_help(services, manifest, request, said, given)
    lang = language(comment.lang)
    helped = "".join(help_parts(lang, "appealed", given)) if given else ""
    answer = AppealAnswer(comment.id, "received", phrase(lang, "appealed"), helped)
    return json_answer(msgspec.to_builtins(answer), write.origin, 202)


ROUTES: Final = (
    ApiRoute(
        "POST",
        "/appeals",
        appeal,
        Described(
            "Ask once that a rejected post of one's own be looked at again",
            AppealAnswer,
            AppealRequest,
            {"comment": "the post", "text": "why", "lang": "the page's language"},
            status="202",
        ),
    ),
)
