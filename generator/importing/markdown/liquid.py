"""Liquid and kramdown, as Jekyll's posts use them: translated where they have a meaning here, else taken out and told."""

from __future__ import annotations

import html
import re

from generator.importing.markdown.code import Code, Tools, caption_html

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+([\w+#-]+)[^%]*?-?%\}\n?(.*?)\n?[ \t]*\{%-?\s*endhighlight\s*-?%\}", re.DOTALL
)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_TARGET = re.compile(r"\{%-?\s*(post_url|link)\s+([^\s%]+)\s*-?%\}")
_INCLUDE = re.compile(r"\{%-?\s*include\s+([\w./-]+)((?:[^%\"']|\"[^\"]*\"|'[^']*'|%(?!\})){0,2000}?)-?%\}")
_ARGUMENT = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_BASE = re.compile(r"\{\{-?\s*site\.(baseurl|url)\s*-?\}\}")
_FILTERED = re.compile(
    r"\{\{-?\s*[\"']([^\"'{}]*)[\"']\s*\|\s*(?:relative_url|absolute_url|prepend:[^{}]*)\s*-?\}\}"
)
_TAG = re.compile(r"\{%-?\s*(\w*)(?:[^%]|%(?!\})){0,2000}?-?%\}|\{\{(?![<%])[^{}]*\}\}")
_TOC = re.compile(
    r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+[^\n]*\n[ \t]*\{:[ \t]*toc[^{}\n]*\}[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_HEADING_ID = re.compile(
    r"^(#{1,6}[^\n]*?)[ \t]*(?:#*[ \t]*)\n?[ \t]*\{:?[ \t]*(#[\w-]+)[^{}\n]*\}[ \t]*$", re.MULTILINE
)
_ATTRIBUTES = re.compile(r"\{::?[^{}\n]{0,300}\}")


_LOOP = re.compile(
    r"\{%-?\s*(?P<name>for|tablerow)\b(?:(?!\{%-?\s*(?:for|tablerow)\b).)*?\{%-?\s*end(?P=name)\s*-?%\}[ \t]*\n?",
    re.DOTALL,
)
_CASES = re.compile(
    r"\{%-?\s*(?P<name>if|unless|case)\b[^%]*-?%\}(?P<inner>(?:(?!\{%-?\s*(?:if|unless|case)\b).)*?)\{%-?\s*end(?P=name)\s*-?%\}",
    re.DOTALL,
)
_OTHER_CASE = re.compile(r"\{%-?\s*(?:else|elsif|when)\b[^%]*-?%\}")
_PLAYERS = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}


def translate_liquid(text: str, tools: Tools, base: str) -> str:
    """*text* without Liquid and without attribute lists of kramdown; *base* is the site's ``baseurl``."""
    code = tools.code
    if "endhighlight" in text:
        text = _HIGHLIGHT.sub(lambda found: code.hide(f"```{found[1]}\n{found[2].strip(chr(10))}\n```"), text)
    text = _RAW.sub(lambda found: _raw(found[1], code), text)
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    text = _FILTERED.sub(
        lambda found: base + found[1], _BASE.sub(lambda found: base if found[1] == "baseurl" else "", text)
    )
    text = _TARGET.sub(_target, text)
    text = _with_first_cases(_without_loops(text, tools), tools)

    def changed(found: re.Match[str]) -> str:
        line = text.count("\n", 0, found.start()) + 1
        if found[0].startswith("{{"):
            tools.told("lost", line, "a value that Jekyll filled in was taken out")
        elif included := _INCLUDE.fullmatch(found[0]):
            return _included(included, line, tools)
        else:
            tools.told("lost", line, f"the tag {{% {found[1]} %}} was taken out")
        return ""

    return _without_attributes(_TAG.sub(changed, text), tools)


def _without_loops(text: str, tools: Tools) -> str:
    """*text* without loops, the innermost first; line ends stay, so that places told later are right."""

    def taken(found: re.Match[str]) -> str:
        line = text.count("\n", 0, found.start()) + 1
        tools.told("lost", line, "a loop of Liquid was taken out, with what it listed")
        return "\n" * found[0].count("\n")

    while (shorter := _LOOP.sub(taken, text)) != text:
        text = shorter
    return text


def _with_first_cases(text: str, tools: Tools) -> str:
    """*text* with the first of several cases, as if it were the one that readers saw."""

    def chosen(found: re.Match[str]) -> str:
        line = text.count("\n", 0, found.start()) + 1
        cases = _OTHER_CASE.split(found["inner"])
        tools.told("lost", line, f"the condition {{% {found['name']} %}} was taken off; its first case stays")
        kept = cases[1 if found["name"] == "case" and len(cases) > 1 else 0]
        return kept + "\n" * (found[0].count("\n") - kept.count("\n"))

    while (shorter := _CASES.sub(chosen, text)) != text:
        text = shorter
    return text


def _raw(inner: str, code: Code) -> str:
    """What stands for itself: code, where it would look like a tag."""
    return code.hide(f"`{inner.strip()}`") if "{" in inner and "\n" not in inner else inner


def _included(found: re.Match[str], line: int, tools: Tools) -> str:
    values = {key: double or single or bare for key, double, single, bare in _ARGUMENT.findall(found[2])}
    names = ("src", "url", "image", "image_path", "path", "file")
    address = next((values[key] for key in names if values.get(key)), "")
    if address and re.search(r"fig|image|img|picture|photo", found[1]):
        image = f'<img src="{html.escape(address)}" alt="{html.escape(values.get("alt", ""))}">'
        caption = caption_html(values.get("caption", ""))
        return tools.block(f"<figure>{image}<figcaption>{caption}</figcaption></figure>", line)
    player = next((pattern for name, pattern in _PLAYERS.items() if name in found[1].lower()), "")
    number = next((values[key] for key in ("id", "video_id", "video", "youtube_id") if values.get(key)), "")
    if player and re.fullmatch(r"[\w-]{5,20}", number):
        tools.told("changed", line, f"what {{% include {found[1]} %}} played in the page is a link now")
        return f"<{player.format(number)}>"
    tools.told("lost", line, f"what {{% include {found[1]} %}} showed is to be written anew")
    return ""


def _target(found: re.Match[str]) -> str:
    name = found[2].strip("\"'")
    return f"post:{name}" if found[1] == "post_url" else f"/{name.lstrip('/')}"


def _without_attributes(text: str, tools: Tools) -> str:
    text = _HEADING_ID.sub(r"\1 {\2}", _TOC.sub("", text))
    if first := _ATTRIBUTES.search(text):
        line = text.count("\n", 0, first.start()) + 1
        tools.told("changed", line, "classes and other attributes of kramdown were taken off")
    return _ATTRIBUTES.sub("", text)
