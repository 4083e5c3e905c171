"""Owns stories and questions of members: their states, who may do what in each, what their writer agreed to."""

from __future__ import annotations

from widgets.rules.voices.asked import Sent, checked
from widgets.rules.voices.states import ACTS, Act, Refusal, lapsed, of_child, refusal, until

__all__ = ["ACTS", "Act", "Refusal", "Sent", "checked", "lapsed", "of_child", "refusal", "until"]
