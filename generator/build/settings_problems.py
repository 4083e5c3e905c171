"""What is wrong with settings and data files though they can be read: no address, addresses that follow readers."""

from __future__ import annotations

from pathlib import Path

from generator.build.inputs import Inputs
from generator.checks.tracking import tracking_in_yaml
from generator.content.config import CONFIG_NAME, Config, is_written
from generator.content.levels import apply_levels
from generator.ground.errors import Problem


def address_problems(config: Config, root: Path) -> list[Problem]:
    """A warning where the settings do not say where the site will stand; a preview needs no address."""
    if config.has_address or is_written(root, "base_url"):
        return []
    message = f"there is no `base_url`: sitemap, feeds and canonical addresses say {config.base_url}"
    hint = "add a line `base_url: https://…` with the address at which readers will find the site"
    found = Problem(message, 1, 1, hint, CONFIG_NAME, "warning", "address")
    return apply_levels([found], config.checks)


def tracked_addresses(inputs: Inputs) -> list[Problem]:
    """A warning for each address of the settings and data files that has a parameter which follows readers."""
    files = {CONFIG_NAME: inputs.settings, **inputs.data}
    found = (problem for path, raw in files.items() for problem in tracking_in_yaml(raw, path))
    return apply_levels(found, inputs.config.checks)
