"""Owns the reading of all lists and weights at a server's start, so that the first text is judged as fast as the second."""

from __future__ import annotations

import functools
from typing import Final, get_args

from widgets.rules.age import told_age
from widgets.rules.claims import judge_claim
from widgets.rules.crisis import judge_plea
from widgets.rules.harm import judge_harm
from widgets.rules.weights import Name, read_weights

# Common words of most lists, in two languages: phrases are compiled when a text first holds one of their words.
_SAMPLE: Final = (
    "I took my pills and I want to die tonight, I am not going to live like this. She said goodbye to me. Kill yourself, stop "
    "your tablets, this cures you. Me tomé las pastillas y quiero morir esta noche, no puedo vivir así. Mi hija se despidió de mí. "
    "Deja la medicación, esto te cura, mátate."
)


@functools.cache
def preload() -> None:
    """Reads every list and every file of weights, once per process."""
    for name in get_args(Name):
        read_weights(name)
    judge_plea(_SAMPLE)
    judge_claim(_SAMPLE)
    judge_harm(_SAMPLE)
    told_age(_SAMPLE)
