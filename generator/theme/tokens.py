"""Design tokens of ``theme.yaml`` and accents of conditions, as CSS custom properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from generator.ground.errors import Problem, ThemeError, raise_errors
from generator.ground.text import did_you_mean
from generator.theme.colour import (
    Lch,
    Rgb,
    contrast,
    format_hex,
    from_lch,
    luminance,
    parse_hex,
    tint,
    to_lch,
)
from generator.theme.inheritance import SCHEMES, ThemeFolder
from generator.theme.types import Accent

# The contrast that an accent needs as text or as a button (WCAG 2.2, 1.4.3).
ACCENT_CONTRAST = 4.5
# What the name of a token begins with that a theme declares beside those of its parent.
OWN = "own-"
# Tokens that every theme has without declaring them: the accent, and its soft tint.
ACCENT_TOKENS = ("accent", "accent-soft")
# By how much an accent's chroma is multiplied, and its upper limit: a low-glare scheme has few saturated areas.
_CHROMA = {"light": 1.0, "dark": 0.8, "low-glare": 0.45}
_MAX_CHROMA = {"light": 0.4, "dark": 0.13, "low-glare": 0.07}
# The share of the accent in its soft tint; the rest is the page's background.
_SOFT_SHARE = {"light": 0.13, "dark": 0.13, "low-glare": 0.16}


class Tokens(msgspec.Struct, frozen=True):
    """Each token's value by scheme; *varying* names the tokens whose values differ between schemes.

    *owners* is the place in the chain of the theme that a value comes from, by token and scheme.
    """

    values: dict[str, dict[str, str]]
    varying: tuple[str, ...]
    owners: dict[tuple[str, str], int] = {}

    def colour(self, name: str, scheme: str) -> Rgb | None:
        """The token as a colour; None where it is missing or not written as ``#rgb`` or ``#rrggbb``."""
        return parse_hex(self.values.get(name, {}).get(scheme, ""))


def merge_tokens(chain: Sequence[ThemeFolder]) -> Tokens:
    """The tokens of a whole *chain*. Its first folder declares them; the others change their values.

    A name that begins with :data:`OWN` may be declared by any theme, so that a misspelt name is still found.

    Raises:
        SiteErrors: a token that is not declared, or one without a value for light.
    """
    values: dict[str, dict[str, str]] = {}
    owners: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for at, folder in enumerate(chain):
        for name, value in (folder.settings.value.get("tokens") or {}).items():
            if at and name not in values and not name.startswith(OWN):
                hint = did_you_mean(name, values) or f"a token of your own begins with '{OWN}': {OWN}{name}"
                problems.append(folder.error(f"unknown token '{name}'", "tokens", name, hint=hint))
                continue
            by_scheme = value if isinstance(value, dict) else dict.fromkeys(SCHEMES, value)
            before = values.get(name, {})
            light = by_scheme.get("light", before.get("light"))
            if light is None:
                problems.append(folder.error(f"token '{name}' has no value for light", "tokens", name))
                continue
            values[name] = {s: str(by_scheme.get(s, before.get(s, light))) for s in SCHEMES}
            owners |= {(name, s): at for s in SCHEMES if s in by_scheme or s not in before}
    raise_errors(problems)
    varying = tuple(name for name, by_scheme in values.items() if len(set(by_scheme.values())) > 1)
    return Tokens(values, varying, owners)


def check_contrast(chain: Sequence[ThemeFolder], tokens: Tokens) -> list[Problem]:
    """A warning for each pair of ``contrast:`` (``ink on paper: 7``) and scheme with less contrast than demanded.

    It stands where the value was written last: at the token of a theme that changed it, else at the pair.
    """
    problems = []
    for at, folder in enumerate(chain):
        for pair, least in (folder.settings.value.get("contrast") or {}).items():
            above, _, below = str(pair).partition(" on ")
            for scheme in SCHEMES:
                front, back = tokens.colour(above, scheme), tokens.colour(below, scheme)
                if front is None or back is None or not isinstance(least, (int, float)):
                    message = f"'{pair}' does not name two colour tokens (as #rrggbb) and a number"
                    problems.append(_warning(folder.error(message, "contrast", pair)))
                    break
                reached = contrast(front, back)
                if reached < least:
                    message = f"{above} on {below} reaches {reached:.2f}:1 in {scheme}, not {least}:1"
                    owner, token = max(
                        (tokens.owners.get((name, scheme), 0), name) for name in (above, below)
                    )
                    if owner > at:
                        hint = f"change '{token}'; {folder.settings_label} demands '{pair}: {least}'"
                        problem = chain[owner].error(message, "tokens", token, hint=hint)
                    else:
                        problem = folder.error(message, "contrast", pair)
                    problems.append(_warning(problem))
    return problems


class Accents(msgspec.Struct, frozen=True):
    """The CSS of all accents, a warning for each that had to be changed, and the light scheme's accents by condition."""

    css: str
    warnings: tuple[Problem, ...]
    light: dict[str, Accent]


def render_accents(chain: Sequence[ThemeFolder], tokens: Tokens, accents: Mapping[str, str]) -> Accents:
    """One block of custom properties for each of *accents* (by condition) and for the theme's own, in every scheme.

    Raises:
        ThemeError: a colour that is not ``#rgb`` or ``#rrggbb``.
    """
    default, backgrounds = _accent_settings(chain)
    blocks, warnings = [], []
    light: dict[str, Accent] = {}
    for name, colour in [("", default), *sorted(accents.items())]:
        rgb = parse_hex(colour.strip())
        if rgb is None:
            place = f"content/{name}/_index.md" if name else chain[0].settings_label
            raise ThemeError(
                f"accent '{colour}' is not a colour that can be checked", place, hint="write it as #rrggbb"
            )
        values: dict[str, str] = {}
        for scheme in SCHEMES:
            behind = [found for token in backgrounds if (found := tokens.colour(token, scheme))]
            accent, soft = derive_accent(rgb, behind, scheme)
            values[f"accent-{scheme}"], values[f"accent-soft-{scheme}"] = format_hex(accent), format_hex(soft)
        light[name] = Accent(values["accent-light"], values["accent-soft-light"])
        if name and values["accent-light"] != format_hex(rgb):
            warnings.append(_adjusted(name, format_hex(rgb), values["accent-light"]))
        selector = f'[data-accent="{_css_string(name)}"]' if name else ":root"
        blocks.append(f"{selector}{{{_declarations(values.items())}}}")
    return Accents("".join(blocks) + _accent_switches(), tuple(warnings), light)


def derive_accent(colour: Rgb, backgrounds: Sequence[Rgb], scheme: str) -> tuple[Rgb, Rgb]:
    """The accent for a scheme, with enough contrast on all *backgrounds* and on its own soft tint; and that tint.

    In a light scheme, a colour with enough contrast stays unchanged. Else its lightness is changed in steps of 1 %, and
    its chroma is limited as the scheme demands; its hue stays.
    """
    if not backgrounds:
        return colour, colour
    lightness, chroma, hue = to_lch(colour)
    chroma = min(chroma * _CHROMA[scheme], _MAX_CHROMA[scheme])
    dark = luminance(backgrounds[0]) < 0.18
    full = from_lch(Lch(max(lightness, 0.7) if dark else lightness, chroma, hue))
    soft = _rounded(tint(backgrounds[0], full, _SOFT_SHARE[scheme]))
    behind = [*backgrounds, soft]
    if not dark and min(contrast(colour, back) for back in behind) >= ACCENT_CONTRAST:
        return colour, soft
    lightness = max(lightness, 0.7) if dark else lightness
    step = 0.01 if dark else -0.01
    accent = _rounded(from_lch(Lch(lightness, chroma, hue)))
    while 0 < lightness < 1 and min(contrast(accent, back) for back in behind) < ACCENT_CONTRAST:
        lightness += step
        accent = _rounded(from_lch(Lch(lightness, chroma, hue)))
    return accent, soft


def render_tokens(tokens: Tokens) -> str:
    """All tokens as custom properties: those of light, then the changes of dark and low glare (on screens only)."""
    light = _declarations((name, by_scheme["light"]) for name, by_scheme in tokens.values.items())
    dark, dim = (
        _declarations((name, tokens.values[name][scheme]) for name in tokens.varying)
        for scheme in SCHEMES[1:]
    )
    return (
        f":root{{color-scheme:light;{light}}}"
        "@media screen{@media (prefers-color-scheme:dark)"
        f"{{:root:not([data-scheme]){{color-scheme:dark;{dark}}}}}"
        f":root[data-scheme=dark]{{color-scheme:dark;{dark}}}"
        f":root[data-scheme=low-glare]{{color-scheme:dark;{dim}}}}}"
    )


def _accent_switches() -> str:
    # Each accent's block holds its values for all schemes, and these rules select among them. So a condition adds one
    # block and not one for each scheme.
    def pick(scheme: str) -> str:
        return _declarations((token, f"var(--{token}-{scheme})") for token in ACCENT_TOKENS)

    return (
        f":root,[data-accent]{{{pick('light')}}}"
        "@media screen{@media (prefers-color-scheme:dark)"
        f"{{:root:not([data-scheme]),:root:not([data-scheme]) [data-accent]{{{pick('dark')}}}}}"
        f":root[data-scheme=dark],[data-scheme=dark] [data-accent]{{{pick('dark')}}}"
        f":root[data-scheme=low-glare],[data-scheme=low-glare] [data-accent]{{{pick('low-glare')}}}}}"
    )


def _accent_settings(chain: Sequence[ThemeFolder]) -> tuple[str, tuple[str, ...]]:
    default, backgrounds = "#2f5d62", ("paper",)
    for folder in chain:
        accent = folder.settings.value.get("accent") or {}
        default = str(accent.get("default", default))
        backgrounds = tuple(accent.get("backgrounds", backgrounds))
    return default, backgrounds


def _rounded(colour: Rgb) -> Rgb:
    return parse_hex(format_hex(colour)) or colour


def _adjusted(name: str, given: str, used: str) -> Problem:
    return Problem(
        f"accent {given} does not reach {ACCENT_CONTRAST}:1 on the theme's backgrounds; {used} is used",
        hint=f"write accent: '{used}' to choose it yourself",
        source_path=f"content/{name}/_index.md",
        severity="warning",
        rule="accent",
    )


def _warning(problem: Problem) -> Problem:
    return Problem(
        problem.message,
        problem.line,
        problem.column,
        problem.hint,
        problem.source_path,
        "warning",
        problem.rule,
    )


def _declarations(pairs: Iterable[tuple[str, str]]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in pairs)


def _css_string(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
