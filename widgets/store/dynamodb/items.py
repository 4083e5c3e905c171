"""Owns how comments lie in DynamoDB's items: a thread is a partition, a conversation contiguous in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from widgets.store.records import Comment, Note

_PLAIN: Final = (
    *(
        "id",
        "thread",
        "condition",
        "root",
        "parent",
        "pseudonym",
        "skeleton",
        "text",
        "html",
        "lang",
        "state",
    ),
    *("created", "edited", "urgency", "queued", "role", "person", "live", "revision"),
    *("reason", "decided", "burst", "aside"),
)


def comment_key(comment: Comment) -> tuple[str, str]:
    """The root sorts before its answers whatever the clocks of their writers said."""
    return place_key(comment.thread, comment.root, comment.id)


def place_key(thread: str, root: str, id_: str) -> tuple[str, str]:
    return f"T#{thread}", f"C#{root}#{'' if id_ == root else id_}"


def pointer_key(id_: str) -> tuple[str, str]:
    return f"C#{id_}", "-"


def stat_key(thread: str) -> tuple[str, str]:
    return f"T#{thread}", "#"


def name_key(condition: str, skeleton: str) -> tuple[str, str]:
    # Folding can turn one letter into eighteen, and DynamoDB limits keys: names are compared by their first 200 letters.
    return f"N#{condition}", skeleton[:200]


def reaction_attribute(key: str) -> str:
    return f"r#{key}"


def flag_attribute(key: str) -> str:
    return f"f#{key}"


def flags_guard(flagged: int | None) -> str:
    """The condition that no flag has come in since: `flagged` counts them, and is absent before the first."""
    return "attribute_not_exists(flagged)" if flagged is None else "flagged = :flagged"


def flags_bound(flagged: int | None) -> dict[str, int]:
    return {} if flagged is None else {":flagged": flagged}


def queue_place(comment: Comment) -> dict[str, str | None]:
    """Keys of the sparse index `queue`: queued comments, the most urgent first, and rejected ones by the time of the
    decision."""
    if comment.queued:
        return {"qp": "Q", "qs": f"{9 - comment.urgency}.{comment.id}"}
    if comment.state == "rejected" and comment.decided is not None:
        return {"qp": "R", "qs": f"{comment.decided:012d}.{comment.id}"}
    return {"qp": None, "qs": None}


def comment_item(comment: Comment, answers: int) -> dict[str, Any]:
    pk, sk = comment_key(comment)
    item: dict[str, Any] = {"pk": pk, "sk": sk, "answers": answers}
    item |= {name: getattr(comment, name) for name in _PLAIN}
    item |= fields_item({"held": comment.held, "note": comment.note, "author": comment.author})
    item |= {reaction_attribute(key): n for key, n in comment.reactions.items()}
    item |= {flag_attribute(key): n for key, n in comment.flags.items()}
    item["reacted"] = sum(comment.reactions.values())
    return item | queue_place(comment)


def fields_item(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of `Comment` as attributes; None means that the attribute is absent."""
    item: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "held":
            item[name] = json.dumps(value)
        elif name == "note":
            note = {"html": value.html, "source": value.source, "by": value.by} if value else None
            item[name] = json.dumps(note) if note else None
        elif name == "author":
            item[name] = value or None  # an index key cannot be empty, and an erased author is in no index
        else:
            item[name] = value
    return item


def comment_from(item: Mapping[str, Any]) -> Comment:
    note = json.loads(item["note"]) if "note" in item else None
    fields: dict[str, Any] = {name: item.get(name) for name in _PLAIN}
    return Comment(
        **fields,
        author=item.get("author", ""),
        held=tuple(json.loads(item["held"])),
        note=Note(**note) if note else None,
        flags={name[2:]: n for name, n in item.items() if name.startswith("f#") and n > 0},
        reactions={name[2:]: n for name, n in item.items() if name.startswith("r#") and n > 0},
    )
