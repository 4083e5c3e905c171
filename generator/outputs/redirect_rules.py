"""Rules for servers that read no ``_redirects``: old addresses by number, ``/?p=123``, at which no page can lie."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

_NAMES: Final = ("p", "page_id")
# A line of `_redirects` for an address by number: path, query, target, status.
_LINE: Final = re.compile(r"(\S+) ((?:p|page_id)=[0-9]+) (\S+) 301!")


def numbered_in(lines: Iterable[str]) -> dict[str, str]:
    """``/?p=123`` → target, of the lines of a ``_redirects``; without a dollar, which begins a variable in rules."""
    found = (_LINE.fullmatch(line.strip()) for line in lines)
    return {f"{each[1]}?{each[2]}": each[3].replace("$", "%24") for each in found if each}


def caddy(moved: Mapping[str, str]) -> str:
    """For a site's block of a Caddyfile, by ``import``."""
    parts = []
    for name in _NAMES:
        rows = [f"\t{source} {target}\n" for source, target in _by(moved, name)]
        if rows:
            parts.append(
                f'map {{path}}?{name}={{query.{name}}} {{moved_{name}}} {{\n{"".join(rows)}\tdefault ""\n}}\n'
            )
            parts.append(
                f'@moved_{name} expression `{{moved_{name}}} != ""`\nredir @moved_{name} {{moved_{name}}} 301\n'
            )
    return "".join(parts)


def nginx(moved: Mapping[str, str]) -> str:
    """For the block ``http``; the server asks each variable."""
    parts = []
    for name in _NAMES:
        rows = [f'    "{source}" "{target}";\n' for source, target in _by(moved, name)]
        parts.append(f'map "$uri?{name}=$arg_{name}" $moved_{name} {{\n    default "";\n{"".join(rows)}}}\n')
    return "".join(parts)


def apache(moved: Mapping[str, str]) -> str:
    """For an ``.htaccess`` at the site's root."""
    lines = [
        "RewriteEngine On",
        r"RewriteCond %{QUERY_STRING} !(?:^|&)(?:p|page_id)=",
        f"RewriteRule ^ - [S={len(moved)}]",
    ]
    for source, target in moved.items():
        path, _, query = source.partition("?")
        lines.append(rf"RewriteCond %{{QUERY_STRING}} (?:^|&){query}(?:&|$)")
        written = target.replace("%", r"\%")  # before a digit it would be what a pattern found
        lines.append(f"RewriteRule ^{re.escape(path.lstrip('/'))}$ {written} [R=301,L,QSD,NE]")
    return "\n".join(lines) + "\n"


def cloudflare(moved: Mapping[str, str]) -> str:
    """A Pages Function: ``functions/index.js`` for the front page."""
    return f"""const moved = {_table(moved)};

export function onRequest(context) {{
  const url = new URL(context.request.url);
  const asked = ["p", "page_id"].map((name) => moved[`${{url.pathname}}?${{name}}=${{url.searchParams.get(name)}}`]);
  const target = asked.find(Boolean);
  return target ? Response.redirect(new URL(target, url), 301) : context.next();
}}
"""


def cloudfront(moved: Mapping[str, str]) -> str:
    """The table alone; docs/coming-from.md shows the lines of the function that read it."""
    return f"var numbered = {_table(moved)};\n"


RULES: Final[Mapping[str, Callable[[Mapping[str, str]], str]]] = {
    "apache": apache,
    "caddy": caddy,
    "cloudflare": cloudflare,
    "cloudfront": cloudfront,
    "nginx": nginx,
}


def _by(moved: Mapping[str, str], name: str) -> Iterable[tuple[str, str]]:
    return (
        (source, target)
        for source, target in moved.items()
        if source.partition("?")[2].startswith(f"{name}=")
    )


def _table(moved: Mapping[str, str]) -> str:
    return json.dumps(moved, indent=0, ensure_ascii=True)
