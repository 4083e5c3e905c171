"""Scripts as they are published: without what is there for people to read, and the same program."""

from __future__ import annotations

import functools
import re

# What ends a stretch of plain code; of two that could begin at one place the first here wins.
_NEXT = re.compile(
    r"""(?P<comment>//[^\n\u2028\u2029]*|/\*.*?\*/)"""
    r"""|(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
    r"""|(?P<template>`)|(?P<slash>/)|(?P<unknown>["'\\])""",
    re.DOTALL,
)
_PATTERN = re.compile(r"/(?:\[(?:[^\]\\\n]|\\.)*\]|[^/\\\n\[]|\\.)+/[a-z]*")
_IN_TEMPLATE = re.compile(r"\\.|\$\{|`", re.DOTALL)
_IN_EXPRESSION = re.compile(r"""(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|[{}`"'/\\]""")
_BLANKS = re.compile(r"[ \t]+")
_LINE = re.compile(r"[ \t]*\n\s*")
# No two of these can make another token by standing side by side where they may follow each other at all.
_AROUND = re.compile(
    r"[ \t]+(?==>|&&|\|\||[{}()\[\],;:?=])"
    r"|(?:(?<==>)|(?<=&&)|(?<=\|\|)|(?<=[{}()\[\],;:?=]))[ \t]+"
)
# A line that ends so cannot end a statement by itself, or has ended it already.
_NO_END = re.compile(r"(?<=[{(\[,;])\n")
_BEFORE_A_PATTERN = frozenset("(,=:[!&|?{;+-*%~^<>")
_WORDS_BEFORE_A_PATTERN = frozenset(
    ("return", "typeof", "case", "in", "of", "delete", "void", "do", "else", "await", "yield")
)


class _Unsure(Exception):
    """Only a parser could tell what this is."""


@functools.lru_cache(maxsize=64)
def bare_script(source: str) -> str:
    """*source* without comments, indentation and space around punctuation; what ends a statement stays.

    Strings, templates and regular expressions pass untouched. Where a slash could be a division or begin a regular
    expression, or anything else is doubtful, the whole source is returned as it is. Results are remembered: a first
    build reads its theme twice.
    """
    source = source.replace("\r\n", "\n")
    try:
        pieces = _split(source)
    except _Unsure:
        return source
    bare = "".join(piece if kept else _squeezed(piece) for kept, piece in pieces)
    return bare.strip()


def _squeezed(code: str) -> str:
    return _NO_END.sub("", _AROUND.sub("", _LINE.sub("\n", _BLANKS.sub(" ", code))))


def _split(source: str) -> list[tuple[bool, str]]:
    """Stretches of code, and between them what is kept as it is."""
    pieces: list[tuple[bool, str]] = []
    code, at = "", 0
    while found := _NEXT.search(source, at):
        code += source[at : found.start()]
        at = found.end()
        if found["comment"]:
            code += "\n" if "\n" in found["comment"] else " "
            continue
        if found["unknown"]:
            raise _Unsure
        if found["template"]:
            at = _end_of_template(source, at)
        elif found["slash"]:
            pattern = _pattern_at(source, found.start(), code or _last(pieces))
            if not pattern:
                code += "/"
                continue
            at = found.start() + len(pattern)
        pieces += [(False, code), (True, source[found.start() : at])]
        code = ""
    return [*pieces, (False, code + source[at:])]


def _last(pieces: list[tuple[bool, str]]) -> str:
    return pieces[-1][1] if pieces else ";"


def _pattern_at(source: str, at: int, before: str) -> str:
    """The regular expression that begins at *at*; empty where the slash divides."""
    before = before.rstrip()
    mark = before[-1:] or "\n"
    word = re.search(r"[\w$.]*$", before)
    follows = mark in _BEFORE_A_PATTERN or (word is not None and word[0] in _WORDS_BEFORE_A_PATTERN)
    if not follows and (mark.isalnum() or mark in "_$]\"'`"):
        return ""
    if not follows and "/" not in source[at + 1 :].partition("\n")[0]:
        return ""  # after a bracket; a pattern would end on its line
    found = _PATTERN.match(source, at)
    if not follows or before.endswith(("++", "--")) or found is None:
        raise _Unsure
    return found[0]


def _end_of_template(source: str, at: int) -> int:
    """The place behind the template whose text begins at *at*; one within another is too much for us."""
    depth = 0
    while found := (_IN_EXPRESSION if depth else _IN_TEMPLATE).search(source, at):
        at, mark = found.end(), found[0]
        if mark == "`" and not depth:
            return at
        if mark in ("${", "{"):
            depth += 1
        elif mark == "}":
            depth -= 1
        elif depth and not found["string"]:
            break
    raise _Unsure


__all__ = ["bare_script"]
