"""`python -m tests.demonstration_voices`: simulated stories and questions of the demonstration, through the real function and desk.

Nobody told or asked any of it. The words below pass the function's rules; the desk proposes others, their writer accepts them,
staff answer and accept an answer; what the function then publishes is the file that the demonstration shows. A test compares.
"""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from generator.content.simulated import SIMULATED
from tests.widgets.conftest import ORIGIN, Clock, Function, Member
from tests.widgets.desk.conftest import Colleague, arrived
from widgets import CONTRACT_DIR
from widgets.app import create_app
from widgets.function.state.settings import ProofSettings, Settings
from widgets.store.voices import thread_of

ROOT = Path(__file__).parent.parent
HEAD = """# Simulated: no member wrote any of this, and nobody lived it. It shows what a published story and an answered question look
# like. The names are roles, not people. Made by `python -m tests.demonstration_voices`, through the function's own rules.
"""
CONDITION, BEGAN = "migraine", 1_772_445_600  # 2026-03-02T10:00:00Z
TICKS = ["publish", "edit"]
MEMBER = {"en": "Sample member", "es": "Miembro de muestra"}
CLINICIAN, ADVOCATE = "Sample clinician (neurology)", "Sample advocate (migraine)"


@dataclass(frozen=True)
class Told:
    """A story: its answers to the prompts as they were sent, and what the desk proposed in the place of some words."""

    lang: str
    title: str
    answers: tuple[str, ...]
    changed: tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """A question with three answers: of another member, of an advocate, and of a clinician, whose answer is accepted."""

    lang: str
    title: str
    text: str
    answers: tuple[str, str, str]


STORIES = (
    Told(
        "en",
        "The alarm clock in the drawer",
        (
            "With mornings that I lost. I woke at five, and the light was already too loud. Beside me stood the alarm clock and "
            "counted everything that I would not get done. I hated that clock.",
            "The clock lives in a drawer now. On the shelf stands a box with what I need in an attack, so that I do not have to "
            "look for anything with one eye open.",
            "Tell one person on a good day what you need on a bad one. I told my neighbour. She has never made a thing of it.",
        ),
        (" I hated that clock.", ""),
    ),
    Told(
        "es",
        "El despertador en el cajón",
        (
            "Con mañanas perdidas. Me despertaba a las cinco y la luz ya hacía demasiado ruido. A mi lado el despertador contaba "
            "todo lo que no iba a hacer. Odiaba ese despertador.",
            "El despertador vive ahora en un cajón. En el estante hay una caja con lo que necesito en una crisis, para no tener "
            "que buscar nada con un solo ojo abierto.",
            "Cuenta a una persona, en un día bueno, qué necesitas en uno malo. Yo se lo conté a mi vecina. Nunca le ha dado "
            "importancia.",
        ),
        (" Odiaba ese despertador.", ""),
    ),
)
QUESTIONS = (
    Asked(
        "en",
        "How do you plan a journey when nobody can plan an attack?",
        "We want to visit my sister, six hours by train. I am more afraid of an attack on the way than of the attack itself. What "
        "do you do?",
        (
            "I take a seat at the end of the carriage, where it is darker. Whoever meets me knows that I may not talk for an hour.",
            "A card in my coat says what is happening and what helps. I have shown it twice, and both times somebody helped.",
            "You can plan the journey around an attack: breaks, water, sunglasses, somebody who knows. What you carry for an "
            "attack, and when it is right for you, belongs to your own care team. Ask them before you travel.",
        ),
    ),
    Asked(
        "es",
        "¿Cómo planificas un viaje cuando nadie puede planificar una crisis?",
        "Queremos visitar a mi hermana, seis horas en tren. Me da más miedo una crisis en el camino que la crisis misma. ¿Qué "
        "hacéis?",
        (
            "Elijo un asiento al final del vagón, donde hay menos luz. Quien me espera sabe que quizá no hable durante una hora.",
            "Una tarjeta en el abrigo dice qué me pasa y qué ayuda. La he enseñado dos veces, y las dos veces alguien ayudó.",
            "El viaje se puede planificar contando con una crisis: pausas, agua, gafas de sol, alguien que lo sepa. Qué llevas "
            "para una crisis, y cuándo te conviene, es asunto de tu equipo médico. Pregúntale antes de viajar.",
        ),
    ),
)
PROMPTS = {
    "en": [
        "How did it begin?",
        "What has changed in your days?",
        "What would you tell somebody who is new to this?",
    ],
    "es": [
        "¿Cómo empezó?",
        "¿Qué ha cambiado en tus días?",
        "¿Qué le dirías a alguien que empieza con esto?",
    ],
}


async def simulate(folder: Path) -> dict[str, Any]:
    """What the function would publish, had it been told so; by id."""
    function = _function(folder)
    # One sample member a language: a pseudonym is one person's.
    members = {lang: function.member() for lang in MEMBER}
    try:
        for told in STORIES:
            await _tell(function, members[told.lang], told)
        for asked in QUESTIONS:
            await _ask(function, members[asked.lang], asked)
        return await _published(function)
    finally:
        await function.client.aclose()
        await function.services.close()


def _function(folder: Path) -> Function:
    manifest = json.loads((CONTRACT_DIR / "examples" / "manifest.portfolio.json").read_text("utf-8"))
    manifest["origins"] = [ORIGIN]
    for condition in manifest["conditions"].values():
        condition |= {"origin": ORIGIN, "comments": "post"}
    for kind, pages in (("story", "stories"), ("question", "questions")):
        manifest["voices"][f"{CONDITION}~{kind}"] = {
            "kind": kind,
            "condition": CONDITION,
            "pages": dict.fromkeys(PROMPTS, f"/{CONDITION}/{pages}/"),
            "prompts": PROMPTS if kind == "story" else {},
        }
    clock, chance = Clock(BEGAN), random.Random(23)
    settings = Settings(
        manifest=lambda: json.dumps(manifest).encode(),
        store=f"sqlite:{folder / 'store.sqlite'}",
        secret=b"a secret of at least thirty-two bytes",
        clock=clock,
        random=chance.randbytes,
        manifest_refresh=0.0,
        limits=None,
        proof=ProofSettings(required=False),
    )
    app = create_app(settings)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=ORIGIN)
    function = Function(app, clock, folder, client, chance)
    function.manifest = manifest  # type: ignore[attr-defined]
    return function


async def _tell(function: Function, writer: Member, told: Told) -> None:
    sent = {"form": f"{CONDITION}~story", "title": told.title, "text": "", "answers": told.answers}
    id_ = await _sent(function, writer, "stories", sent, told.lang)
    voice = await function.store.voices.voice(id_)
    editor = await _editor(function)
    await editor.get(f"/voices/{id_}")
    text = voice.written.text.replace(*told.changed)
    assert text != voice.written.text
    await _act(function, editor, id_, "voice-offer", title=told.title, text=text, sure="1")
    voice = await function.store.voices.voice(id_)
    accepted = {"action": "accept", "revision": voice.revision}
    answer = await writer.send("POST", f"/stories/{id_}", accepted)
    assert answer.status_code == 200, answer.text


async def _ask(function: Function, writer: Member, asked: Asked) -> None:
    sent = {"form": f"{CONDITION}~question", "title": asked.title, "text": asked.text}
    id_ = await _sent(function, writer, "questions", sent, asked.lang)
    editor = await _editor(function)
    await editor.get(f"/voices/{id_}")
    await _act(function, editor, id_, "voice-publish")
    voice = await function.store.voices.voice(id_)
    thread = thread_of(voice)
    # As after the next build: the page of the question takes answers.
    pages = {asked.lang: f"/{CONDITION}/questions/{id_}/"}
    function.manifest["threads"][thread] = {  # type: ignore[attr-defined]
        **{"condition": CONDITION, "title": asked.title, "comments": "open", "reactions": [], "pages": pages}
    }
    function.clock.forward(86_400)
    member, advocate, clinician = asked.answers
    written = await writer.write(member, MEMBER[asked.lang], thread, lang=asked.lang)
    assert written.status_code == 201, written.text
    for name, role, person, text in (
        (ADVOCATE, "advocate", "sample-advocate-migraine", advocate),
        (CLINICIAN, "clinician", "sample-clinician-neurology", clinician),
    ):
        function.clock.forward(3_600)
        colleague = await arrived(function, name, role, person=person)
        answer = await colleague.post(f"/questions/{id_}/question-answer", {"text": text})
        assert answer.status_code == 303, answer.text
    given = await function.store.newest(thread, 9)
    [accepted] = [one for one in given if one.role == "clinician"]
    await _act(function, await _editor(function), id_, "voice-answer", comment=accepted.id)


async def _editor(function: Function) -> Colleague:
    """Signed in anew each time: a session ends after twelve idle hours."""
    return await arrived(function, "Sample editor", "editor")


async def _sent(function: Function, writer: Member, folder: str, words: dict[str, Any], lang: str) -> str:
    function.clock.forward(86_400)
    body = {**words, "pseudonym": MEMBER[lang], "consents": TICKS, "age": True, "lang": lang}
    answer = await writer.send("POST", f"/{folder}", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["voice"]["id"])


async def _act(function: Function, editor: Colleague, id_: str, act: str, **fields: str) -> None:
    voice = await function.store.voices.voice(id_)
    answer = await editor.post(f"/voices/{id_}/{act}", {"revision": voice.revision, **fields})
    assert answer.status_code == 303, answer.text


async def _published(function: Function) -> dict[str, Any]:
    """The public snapshot's stories and questions, in the shape of the file."""
    snapshot = (await function.get("/snapshot?page=0&of=1")).json()
    found = {}
    for id_, voice in sorted(snapshot["voices"].items(), key=lambda pair: pair[1]["published"]):
        entry = {name: voice[name] for name in ("kind", "condition", "lang", "title", "html", "published")}
        entry["name"] = voice["pseudonym"]
        if voice["kind"] == "question":
            thread = snapshot["threads"][f"{CONDITION}~{id_}"]
            entry["accepted"] = voice["accepted"]
            entry["answers"] = [_answer(one) for one in thread["comments"]]
        found[id_] = entry
    return found


def _answer(comment: dict[str, Any]) -> dict[str, Any]:
    answer = {name: comment[name] for name in ("id", "html", "created")}
    answer["name"] = comment["pseudonym"]
    role = comment.get("role")
    return {**answer, "role": role["key"], "person": role["person"]} if role else answer


class _Readable(yaml.SafeDumper):
    """Texts of several lines as they stand."""


_Readable.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    ),
)


def formatted(found: dict[str, Any]) -> str:
    return HEAD + yaml.dump(found, Dumper=_Readable, sort_keys=False, allow_unicode=True, width=120)


def made() -> str:
    """The file's text."""
    with tempfile.TemporaryDirectory() as folder:
        return formatted(asyncio.run(simulate(Path(folder))))


if __name__ == "__main__":
    (ROOT / SIMULATED).write_text(made(), "utf-8")
    print(f"{SIMULATED}: written")
