"""The corpus maker: one seed gives one portfolio, written for Gatherwell and for each peer.

``python -m benchmarks.corpus --articles 1000 --out DIR`` writes ``DIR/gatherwell``, ``DIR/hugo`` and
``DIR/eleventy`` (content only; the peers' templates lie beside this module) and ``DIR/corpus.json``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.bodies import draw_article
from benchmarks.dialects import DIALECTS, Dialect
from benchmarks.pictures import draw_picture
from benchmarks.portfolio import DEFAULT_SEED, CorpusPlan, Portfolio, plan_portfolio
from benchmarks.prose import Prose

CORPUS_FILE = "corpus.json"


def write_corpus(plan: CorpusPlan, out: Path, dialects: Iterable[type[Dialect]] = DIALECTS) -> Portfolio:
    """Writes the corpus under *out*, which must be empty or absent; bodies are drawn one by one and not kept.

    ``corpus.json`` is written last, so that its presence says that the corpus is whole.
    """
    if out.exists() and any(out.iterdir()):
        raise FileExistsError(f"{out} is not empty")
    prose = Prose(plan.seed)
    portfolio = plan_portfolio(plan, prose)
    writers = [(out / dialect.name, dialect(portfolio)) for dialect in dialects]
    for root, dialect in writers:
        for path, text in dialect.site_files():
            _write(root / path, text.encode())
    photographs = 0
    for outline in portfolio.outlines:
        article = draw_article(portfolio, outline, prose)
        picture = article.picture
        photographs += picture is not None and picture.suffix == ".png"
        pixels = draw_picture(f"{plan.seed}/{outline.index}", picture.suffix) if picture else b""
        for root, dialect in writers:
            _write(
                root / dialect.article_path(outline, picture is not None), dialect.article(article).encode()
            )
            if picture:
                _write(root / dialect.picture_path(outline, picture), pixels)
    sample = _sample(portfolio, prose, [dialect for _, dialect in writers])
    record = _record(plan, portfolio) | {"photographs": photographs, "sample": sample}
    _write(out / CORPUS_FILE, (json.dumps(record) + "\n").encode())
    return portfolio


def _record(plan: CorpusPlan, portfolio: Portfolio) -> dict[str, object]:
    """The plan, and for each article its address, the same in every generator's output."""
    addresses = [f"{portfolio.conditions[item.condition].slug}/{item.slug}/" for item in portfolio.outlines]
    return {"plan": asdict(plan), "addresses": addresses}


def _sample(portfolio: Portfolio, prose: Prose, dialects: Iterable[Dialect]) -> dict[str, object]:
    """The article in the middle, which the runner edits: its address, title, last sentence and files."""
    outline = portfolio.outlines[len(portfolio.outlines) // 2]
    article = draw_article(portfolio, outline, prose)
    paths = {
        dialect.name: f"{dialect.name}/{dialect.article_path(outline, article.picture is not None)}"
        for dialect in dialects
    }
    address = f"{portfolio.conditions[outline.condition].slug}/{outline.slug}/"
    return {"address": address, "title": outline.title, "closing": article.closing, "paths": paths}


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("--articles", type=int, required=True, metavar="N")
    parser.add_argument("--conditions", type=int, metavar="C", help="default: one for each 1,000 articles")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty or new folder")
    parser.add_argument("--words", type=int, default=800, help="mean length of a body (default: 800)")
    parser.add_argument(
        "--images", type=float, default=0.0, metavar="SHARE", help="share of articles with one, 0 to 1"
    )
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    given = parser.parse_args(arguments)
    plan = CorpusPlan(
        articles=given.articles,
        conditions=given.conditions or default_conditions(given.articles),
        words=given.words,
        images=given.images,
        seed=given.seed,
    )
    try:
        write_corpus(plan, given.out)
    except (ValueError, OSError) as error:
        parser.error(str(error))
    return 0


def default_conditions(articles: int) -> int:
    return max(1, articles // 1000)


if __name__ == "__main__":
    raise SystemExit(main())
