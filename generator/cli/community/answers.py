"""What `init` wants to know of a community, asked on a terminal or given by options."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

from generator.cli.asking import ask, ask_one_of
from generator.cli.community.crisis_lines import known_countries

Host = Literal["github", "machine", "aws", "elsewhere"]
HOSTS: Final[tuple[str, ...]] = get_args(Host)
NO_ADDRESS: Final = "https://gatherwell.example/"


class Answers(NamedTuple):
    """*conditions* are names; *languages* has the main one first; *countries* are two capital letters each."""

    title: str = ""
    conditions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    address: str = ""
    organisation: str = ""
    countries: tuple[str, ...] = ()
    host: str = ""


DEFAULTS: Final = Answers("Our community", ("Our condition",), ("en",), NO_ADDRESS, "", (), "github")


def asked(given: Answers) -> Answers:
    """*given*, what is empty asked for; Enter takes what is offered."""
    offered = DEFAULTS
    countries = ", ".join(known_countries())
    return Answers(
        title=given.title or ask("Name of the community", offered.title),
        conditions=given.conditions or _several("Conditions, with commas between", offered.conditions),
        languages=given.languages or _several("Languages, the main one first (en, es, …)", offered.languages),
        address=given.address or ask("Where it will live", offered.address),
        organisation=given.organisation or ask("Who answers for it (a name; Enter for later)"),
        countries=given.countries
        or _several(f"Countries of its readers (crisis lines are known for {countries})", ()),
        host=given.host or ask_one_of("Where the pages will be served from", HOSTS, offered.host),
    )


def filled(given: Answers) -> Answers:
    """*given*, what is empty by default."""
    return DEFAULTS._replace(**{name: value for name, value in given._asdict().items() if value})


def _several(question: str, offered: tuple[str, ...]) -> tuple[str, ...]:
    answer = ask(question, ", ".join(offered))
    return tuple(dict.fromkeys(part.strip() for part in answer.split(",") if part.strip()))
