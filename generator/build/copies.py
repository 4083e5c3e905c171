"""Copied outputs: theme files, images, attachments and cards, staged among the temporaries."""

from __future__ import annotations

from collections.abc import Iterable

from generator.build.run import Run
from generator.disk.write import Fresh, Output, Staged, intact, write_temporary
from generator.files.assets import Asset
from generator.files.cards import draw_cards
from generator.ground.text import digest


def copy_assets(run: Run, assets: Iterable[Asset], output: Output) -> Staged:
    """Stage the assets that are not in place already; cards are drawn first."""
    staged = Staged([], {}, [])
    missing: dict[str, Asset] = {}
    for asset in assets:
        known = intact(output, asset.output_path)
        if known is not None and known.view == asset.digest:
            staged.kept[asset.output_path] = known
        else:
            missing.setdefault(asset.output_path, asset)
    draw_cards(run.project.root, (asset.card for asset in missing.values() if asset.card), run.workers)
    for path, asset in missing.items():
        content = asset.read()
        write_temporary(str(output.temporaries), path, content)
        staged.fresh.append(Fresh(path, asset.digest, digest(content)))
    return staged
