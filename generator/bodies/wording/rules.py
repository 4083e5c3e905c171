"""Lists the rules about words, in the order of their findings; each is a module of its own."""

from __future__ import annotations

from generator.bodies.wording.absolutes import ABSOLUTES
from generator.bodies.wording.doses import DOSES
from generator.bodies.wording.person_first import PERSON_FIRST
from generator.bodies.wording.personal_data import PERSONAL_DATA
from generator.bodies.wording.reviewed import REVIEWED
from generator.bodies.wording.rule import WordRule
from generator.bodies.wording.safe_messaging import SAFE_MESSAGING
from generator.bodies.wording.sponsors import SPONSORS

WORD_RULES: tuple[WordRule, ...] = (
    DOSES,
    ABSOLUTES,
    SAFE_MESSAGING,
    PERSON_FIRST,
    PERSONAL_DATA,
    SPONSORS,
    REVIEWED,
)
