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
    function: str = ""

    @property
    def endpoint(self) -> str:
        """Where the function answers; empty where the host runs none and nobody named another place."""
        return self.function or ("" if self.host in _WITHOUT_FUNCTION else OWN_ENDPOINT)


# GitHub Pages answers with files alone: a form that is sent there gets 405.
_WITHOUT_FUNCTION: Final = ("github",)
OWN_ENDPOINT: Final = "/api/v1"
# One small server can do all that a community needs, so it is what is offered.
DEFAULTS: Final = Answers("Our community", ("Our condition",), ("en",), NO_ADDRESS, "", (), "machine")
_NAMES: Final = {"es": ("Nuestra comunidad", "Nuestra enfermedad")}


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
        host=(host := given.host or ask_one_of("Where the pages will be served from", HOSTS, offered.host)),
        function=given.function or (_ask_function() if host in _WITHOUT_FUNCTION else ""),
    )


def filled(given: Answers) -> Answers:
    """*given*, what is empty by default, names in the main language."""
    main = (given.languages or DEFAULTS.languages)[0].split("-")[0]
    title, condition = _NAMES.get(main, (DEFAULTS.title, DEFAULTS.conditions[0]))
    defaults = DEFAULTS._replace(title=title, conditions=(condition,))
    return defaults._replace(**{name: value for name, value in given._asdict().items() if value})


def _ask_function() -> str:
    return ask(
        "Where the function answers, on another host (https://…/api/v1; Enter for pages without votes)"
    )


def _several(question: str, offered: tuple[str, ...]) -> tuple[str, ...]:
    answer = ask(question, ", ".join(offered))
    return tuple(dict.fromkeys(part.strip() for part in answer.split(",") if part.strip()))
