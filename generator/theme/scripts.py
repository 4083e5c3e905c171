"""Scripts as they are published: minified by rjsmin, or as they were written where rjsmin could change the program."""

from __future__ import annotations

import functools
import re

import rjsmin

# rjsmin reads no grammar: it removes what its patterns take for white space and comments. Where it can be wrong was
# found by comparing syntax trees before and after (docs/decisions/0020). These signs are looked for in the whole text,
# comments and strings included: one too many costs some bytes, one too few would break a script without a word.
_NOT_BEFORE_DIVISION = (
    r"=>|\.\.\.|[~%^<>]|\+\+|--|\b(?:await|case|delete|do|else|in|instanceof|new|of|throw|typeof|void|yield)"
)
_DOUBTS = tuple(
    re.compile(sign, re.MULTILINE)
    for sign in (
        r"\$\{(?:[^`{}]|\{(?:[^`{}]|\{[^`{}]*+\})*+\})*+`",  # a template within a template: it is taken for two
        rf"(?:{_NOT_BEFORE_DIVISION})\s*/(?![/*])",  # a regular expression that is taken for a division
        r"[)}]\s*/(?![/*])[^/\n]*/",  # either of them
        r"^\s*/(?![/*])",  # a division that is taken for a regular expression
        r"/\s+/(?![/*])",  # a division by a regular expression: it becomes a comment
        r"""[^\s,;:([{=&|?+]\s*\n\s*["'#@\\~]""",  # a line break that ends a statement or a class field
        r"^\s*\*\s*[\w$#\[].*\)\s*\{",  # the same, before a generator method
        r"\S[ \t]*/\*(?:(?!\*/)[^\n])*\n(?:(?!\*/)[\s\S])*\*/[ \t]*\S",  # a line break within a comment
        r"[\w$]\s+\\u",  # a name that begins with an escape
        r"\d\s+\.",  # a number's property
        r"<\s*!\s*--",  # becomes the beginning of an HTML comment
        "[\u2028\u2029]",  # line breaks that rjsmin does not know
        r"\A#!",  # a line for the shell
    )
)


@functools.lru_cache(maxsize=64)
def bare_script(source: str) -> str:
    """*source* without comments and needless white space, and the same program.

    Strings, templates and regular expressions pass untouched. A source with a construct that rjsmin is known to misread
    is returned as it is. Results are remembered: a first build reads its theme twice.
    """
    source = source.replace("\r\n", "\n")
    if any(doubt.search(source) for doubt in _DOUBTS):
        return source
    minified: str = rjsmin.jsmin(source)
    return minified


__all__ = ["bare_script"]
