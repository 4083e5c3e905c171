"""`python -m tests.demonstration_survey`: simulated answers to the demonstration's closed survey, through the real rules.

Nobody answered that survey. People are made up from a fixed seed, their answers pass the function's checks and its
disclosure control, and what comes out is the reviewed file that the report shows. A test compares.
"""

from __future__ import annotations

import hmac
import random
from collections import Counter
from pathlib import Path

import msgspec

from generator.content.config import read_config
from generator.content.surveys.files import read_survey_files
from generator.content.surveys.results import SurveyResults
from generator.content.surveys.review_file import format_reviewed
from generator.content.surveys.reviewed import reviewed_path
from generator.disk.content_tree import read_tree
from generator.outputs.manifest_surveys import manifest_surveys
from generator.site.permalinks import make_permalinks
from generator.site.surveys import make_surveys, parse_surveys
from tests.generator.organized import CONFIG, NOW, context_of, hub, site
from widgets.contract.surveys import Survey
from widgets.rules.surveys.cells import response_cells
from widgets.rules.surveys.publishing import Counts, make_results
from widgets.rules.surveys.responses import check_response

ROOT = Path(__file__).parent.parent
CONDITION, SURVEY = "rheumatoid-arthritis", "rheumatoid-arthritis~mornings"
SEED, PEOPLE = 22, 1_312
# Of a hundred people so many leave a question out, and so many keep their answers out of published tables.
SKIPPED, UNPUBLISHED = 4, 5


def load_survey(root: Path = ROOT) -> Survey:
    """The survey as the function gets it: from its file, through the manifest."""
    instruments, problems = parse_surveys(read_survey_files(read_tree(root)), read_config(root)[0])
    assert problems == []
    permalinks = make_permalinks(CONFIG.base_url, {})
    condition = hub(CONDITION, permalinks)
    own = [one for one in instruments if one.id == SURVEY]
    surveys, _ = make_surveys(own, {CONDITION: condition}, permalinks, CONFIG, NOW.isoformat(), False)
    made = msgspec.structs.replace(site(conditions=[condition]), surveys=surveys)
    entry = manifest_surveys(context_of(made))[SURVEY]
    return msgspec.json.decode(msgspec.json.encode(entry), type=Survey)


def simulate(survey: Survey, seed: int = SEED, people: int = PEOPLE) -> SurveyResults:
    """What would be published at the closing, had these people answered."""
    assert survey.opens is not None
    assert survey.closes is not None
    chance = random.Random(seed)
    during = survey.opens.timestamp() + 1
    standing: Counter[str] = Counter()
    for _ in range(people):
        checked = check_response(survey, survey.version, _answers(chance), during)
        standing.update(response_cells(survey, checked.answers, chance.randrange(100) >= UNPUBLISHED))
    secret = f"demonstration {seed}".encode()
    results = make_results(
        survey,
        Counts(standing, {}, {}),
        None,
        int(survey.closes.timestamp()),
        lambda label: hmac.digest(secret, label.encode(), "sha256"),
    )
    made = msgspec.json.decode(msgspec.json.encode(results), type=SurveyResults)
    return msgspec.structs.replace(made, simulated=True)


def _answers(chance: random.Random) -> dict[str, object]:
    """One made-up person: a single number says how bad these mornings are, and most answers lean on it."""
    stage = chance.choices(("undiagnosed", "new", "long-term"), (9, 31, 60))[0]
    bad = min(max(chance.gauss({"undiagnosed": 0.62, "new": 0.5, "long-term": 0.4}[stage], 0.2), 0), 1)
    answers: dict[str, object] = {"stage": stage}
    if stage != "undiagnosed":
        answers["treated"] = chance.choices(("yes", "no", "unsure"), (78, 15, 7))[0]
    answers["stiff"] = (
        0 if chance.random() > bad + 0.55 else round(5 + 190 * bad**1.6 * chance.uniform(0.5, 1.4))
    )
    if answers["stiff"]:
        answers["helps"] = _helps(chance, bad)
    answers["dressing"] = str(min(5, max(1, round(0.6 + 4.4 * bad + chance.gauss(0, 0.7)))))
    answers["cancelled"] = min(7, max(0, round(7 * bad**1.5 + chance.gauss(0, 1))))
    low = bad + chance.gauss(0, 0.25)
    answers["mood"] = (
        "never" if low < 0.25 else "sometimes" if low < 0.65 else "often" if low < 0.95 else "always"
    )
    return _with_gaps(chance, answers)


def _helps(chance: random.Random, bad: float) -> list[str]:
    likely = {"warm": 0.7, "move": 0.55, "time": 0.4, "tools": 0.25 + 0.3 * bad, "others": 0.1 + 0.3 * bad}
    return [key for key, share in likely.items() if chance.random() < share] or ["none"]


def _with_gaps(chance: random.Random, answers: dict[str, object]) -> dict[str, object]:
    """*answers* as people give them: some left out, and with one those questions that depend on it."""
    given = {key: value for key, value in answers.items() if chance.randrange(100) >= SKIPPED}
    if "stage" not in given:
        given.pop("treated", None)
    if "stiff" not in given:
        given.pop("helps", None)
    return given


if __name__ == "__main__":
    path = ROOT / reviewed_path(SURVEY)
    path.parent.mkdir(exist_ok=True)
    path.write_text(format_reviewed(simulate(load_survey())), "utf-8")
    print(f"{path.relative_to(ROOT)}: written")
