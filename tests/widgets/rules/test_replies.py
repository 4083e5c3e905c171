"""Sentences for private answers ask nothing: whoever reads them cannot write back."""

from __future__ import annotations

from pathlib import Path

import pytest

from widgets.rules.replies import OURS, RepliesError, parse_replies, read_replies


def test_none_of_ours_asks() -> None:
    sentences = [
        one for steps in parse_replies(OURS).values() for several in steps.values() for one in several
    ]
    assert len(sentences) > 10
    assert [one for one in sentences if set(one) & set("?¿؟？")] == []


@pytest.mark.parametrize("asked", ["Are you safe now?", "Are you safe? Tell us.", "هل أنت بخير؟", "大丈夫？"])
def test_a_communitys_own_that_asks_is_refused_with_its_line(tmp_path: Path, asked: str) -> None:
    path = tmp_path / "replies.yaml"
    path.write_text(f"en:\n  see:\n    - I have read it.\n    - {asked}\n", encoding="utf-8")
    with pytest.raises(RepliesError, match=r"replies\.yaml:4: asks something, and its reader cannot write"):
        parse_replies(path)
    assert read_replies(path).in_language("en") == parse_replies(OURS)["en"]
