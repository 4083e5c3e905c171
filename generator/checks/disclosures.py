"""Who writes about treatment, or on a page that somebody pays for, says what ties they have, or that they have none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.checks.rule import RuleInfo
from generator.content.front_matter.schema import ArticleFrontMatter
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.site.context import SiteContext
from generator.site.people import person_id
from generator.site.reviews import NEEDS_REVIEW

DISCLOSURES = RuleInfo(
    "disclosures",
    "the profile of '{name}' says nothing of ties and interests",
    "add a line `disclosures: …` to the profile; `none` if there are none",
    "https://nzmj.org.nz/journal/vol-133-no-1509/a-disclosure-form-for-work-submitted-to-medical-journals-a-proposal-from-the-international-committee-of-medical-journal-editors",
)


def check_disclosures(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    if not context.site.config.medical:
        return
    people = context.site.people
    for document in documents.values():
        front_matter = document.front_matter
        if not isinstance(front_matter, ArticleFrontMatter):
            continue
        if front_matter.type not in NEEDS_REVIEW and not front_matter.payer:
            continue
        named = [(f"authors.{index}", name) for index, name in enumerate(front_matter.authors)]
        named += [("reviewer", front_matter.reviewer)] if front_matter.reviewer else []
        for key, name in named:
            person = person_id(name, people)
            if person and not any(
                profile.known_disclosures for profile in people[person].front_matters.values()
            ):
                yield DISCLOSURES.of(document, key, name=name)
