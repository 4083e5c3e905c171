"""Design tokens and accents: from ``theme.yaml`` and the conditions to custom properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from generator.errors import Problem, ThemeError, raise_errors
from generator.text import did_you_mean
from generator.theme.chain import SCHEMES, ThemeFolder
from generator.theme.colour import Rgb, contrast, format_hex, from_lch, luminance, parse_hex, tint, to_lch

# What an accent needs wherever it is text or a button (WCAG 2.2, 1.4.3).
ACCENT_CONTRAST = 4.5
# Properties that every theme has without declaring them: what one accent becomes in each scheme.
ACCENT_TOKENS = ("accent", "accent-soft")
# Low glare means few saturated areas.
_CHROMA = {"light": 1.0, "dark": 0.8, "low-glare": 0.45}
_MAX_CHROMA = {"light": 0.4, "dark": 0.13, "low-glare": 0.07}
# How much of the accent its soft tint holds, the rest being the page's own colour.
_SOFT_SHARE = {"light": 0.13, "dark": 0.13, "low-glare": 0.16}


class Tokens(msgspec.Struct, frozen=True):
    """Every token's value per scheme; *varying* names those that differ between schemes."""

    values: dict[str, dict[str, str]]
    varying: tuple[str, ...]

    def colour(self, name: str, scheme: str) -> Rgb | None:
        return parse_hex(self.values.get(name, {}).get(scheme, ""))


def merge_tokens(chain: Sequence[ThemeFolder]) -> Tokens:
    """Tokens of the whole chain; the first folder declares them, a child may only change what is declared.

    Raises:
        SiteErrors: a token that no parent declares.
    """
    values: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for folder in chain:
        declares = folder is chain[0]
        for name, value in (folder.settings.value.get("tokens") or {}).items():
            if not declares and name not in values:
                hint = did_you_mean(name, values)
                problems.append(folder.error(f"unknown token '{name}'", "tokens", name, hint=hint))
                continue
            by_scheme = value if isinstance(value, dict) else dict.fromkeys(SCHEMES, value)
            before = values.get(name, {})
            light = by_scheme.get("light", before.get("light"))
            if light is None:
                problems.append(folder.error(f"token '{name}' has no value for light", "tokens", name))
                continue
            values[name] = {s: str(by_scheme.get(s, before.get(s, light))) for s in SCHEMES}
    raise_errors(problems)
    varying = tuple(name for name, by_scheme in values.items() if len(set(by_scheme.values())) > 1)
    return Tokens(values, varying)


def check_contrast(chain: Sequence[ThemeFolder], tokens: Tokens) -> list[Problem]:
    """Warnings for each pair of ``contrast:`` (``ink on paper: 7``) that a scheme does not reach."""
    problems = []
    for folder in chain:
        for pair, least in (folder.settings.value.get("contrast") or {}).items():
            above, _, below = str(pair).partition(" on ")
            for scheme in SCHEMES:
                front, back = tokens.colour(above, scheme), tokens.colour(below, scheme)
                if front is None or back is None or not isinstance(least, (int, float)):
                    message = f"'{pair}' does not name two colour tokens (as #rrggbb) and a number"
                    problems.append(_warning(folder.error(message, "contrast", pair)))
                    break
                if contrast(front, back) < least:
                    message = (
                        f"{above} on {below} reaches {contrast(front, back):.2f}:1 in {scheme}, not {least}:1"
                    )
                    problems.append(_warning(folder.error(message, "contrast", pair)))
    return problems


class Accents(msgspec.Struct, frozen=True):
    """CSS for all accents, what had to be changed about them, and each one's (accent, soft tint) in light."""

    css: str
    warnings: tuple[Problem, ...]
    light: dict[str, tuple[str, str]]


def render_accents(chain: Sequence[ThemeFolder], tokens: Tokens, accents: Mapping[str, str]) -> Accents:
    """One block of custom properties for each accent, for every scheme.

    Raises:
        ThemeError: a colour that is not ``#rgb`` or ``#rrggbb``.
    """
    default, backgrounds = _accent_settings(chain)
    blocks, warnings = [], []
    light: dict[str, tuple[str, str]] = {}
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
        light[name] = values["accent-light"], values["accent-soft-light"]
        if name and values["accent-light"] != format_hex(rgb):
            warnings.append(_adjusted(name, format_hex(rgb), values["accent-light"]))
        selector = f'[data-accent="{_css_string(name)}"]' if name else ":root"
        blocks.append(f"{selector}{{{_declarations(values.items())}}}")
    return Accents("".join(blocks) + _accent_switches(), tuple(warnings), light)


def derive_accent(colour: Rgb, backgrounds: Sequence[Rgb], scheme: str) -> tuple[Rgb, Rgb]:
    """The accent that reads on all *backgrounds* of a scheme, and the soft tint it may stand on.

    The light scheme keeps the colour as given wherever it reads; elsewhere only lightness moves, by steps of
    1 %, and chroma shrinks as the scheme asks.
    """
    if not backgrounds:
        return colour, colour
    lightness, chroma, hue = to_lch(colour)
    chroma = min(chroma * _CHROMA[scheme], _MAX_CHROMA[scheme])
    dark = luminance(backgrounds[0]) < 0.18
    full = from_lch((max(lightness, 0.7) if dark else lightness, chroma, hue))
    soft = _rounded(tint(backgrounds[0], full, _SOFT_SHARE[scheme]))
    behind = [*backgrounds, soft]
    if not dark and min(contrast(colour, back) for back in behind) >= ACCENT_CONTRAST:
        return colour, soft
    lightness = max(lightness, 0.7) if dark else lightness
    step = 0.01 if dark else -0.01
    accent = _rounded(from_lch((lightness, chroma, hue)))
    while 0 < lightness < 1 and min(contrast(accent, back) for back in behind) < ACCENT_CONTRAST:
        lightness += step
        accent = _rounded(from_lch((lightness, chroma, hue)))
    return accent, soft


def render_tokens(tokens: Tokens) -> str:
    """All tokens as custom properties: light first, then what dark and low glare change (on screens only)."""
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
    # Each accent carries its values for all schemes, and these few rules choose: many conditions stay cheap.
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
