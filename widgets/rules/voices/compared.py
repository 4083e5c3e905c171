"""Owns what differs between a writer's words and those that are proposed: both as they would be published, each with its own marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape
from typing import Final

from widgets.rules.text import render_long
from widgets.store.voices import Words

# A tag, a word, what stands between words. The HTML was cleaned, so that `>` within a tag stands in quotation marks.
_TOKENS: Final = re.compile(r'<(?:"[^"]*"|[^">])*>|[^<\s]+|\s+')
_HEADING: Final = re.compile(r"(</?)h([23])(?=>)")
_Marks = tuple[str, str]  # what is said, for who cannot see the mark, before the words and after them


def compared(before: Words, after: Words, removed: _Marks, added: _Marks, above: str = "") -> tuple[str, str]:
    """HTML of both, the title in the first paragraph: in `before` what is missing from `after` stands in `<del>`, in `after`
    what is new in `<ins>`. No mark crosses a tag. *above* is HTML that stands between the title and the text of `after`."""
    sides = [
        _compared(
            f"<p><strong>{escape(before.title)}</strong></p>\n",
            f"<p><strong>{escape(after.title)}</strong></p>\n",
            removed,
            added,
        ),
        _compared(_body(before), _body(after), removed, added),
    ]
    (old_title, new_title), (old_text, new_text) = sides
    return old_title + old_text, new_title + above + new_text


def marked_as_new(words: str, added: _Marks) -> str:
    """A sentence of ours as HTML, all of it new."""
    return "".join(_marked([escape(words)], {0}, "ins", added))


def _body(words: Words) -> str:
    """As it would be published, its headings below those of the page that compares: two levels lower."""
    return _HEADING.sub(lambda tag: f"{tag[1]}h{int(tag[2]) + 2}", render_long(words.text))


def _compared(before: str, after: str, removed: _Marks, added: _Marks) -> tuple[str, str]:
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    old_at = [at for at, token in enumerate(old) if _is_word(token)]
    new_at = [at for at, token in enumerate(new) if _is_word(token)]
    same = SequenceMatcher(None, [old[at] for at in old_at], [new[at] for at in new_at])
    gone, come = set(old_at), set(new_at)
    for block in same.get_matching_blocks():
        gone -= set(old_at[block.a : block.a + block.size])
        come -= set(new_at[block.b : block.b + block.size])
    return "".join(_marked(old, gone, "del", removed)), "".join(_marked(new, come, "ins", added))


def _is_word(token: str) -> bool:
    return not token.startswith("<") and not token.isspace()


def _marked(tokens: Sequence[str], changed: set[int], tag: str, said: _Marks) -> Iterator[str]:
    """Words that follow each other share one mark, with the space between them."""
    before, after = (f'<span class="visually-hidden">{escape(one)}</span>' for one in said)
    inside = False
    for at, token in enumerate(tokens):
        goes_on = at in changed or (inside and token.isspace() and at + 1 in changed)
        if goes_on and not inside:
            yield f"<{tag}>{before}"
        if inside and not goes_on:
            yield f"{after}</{tag}>"
        inside = goes_on
        yield token
    if inside:
        yield f"{after}</{tag}>"
