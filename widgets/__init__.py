"""What members touch: elements in the page, and the small function behind them."""

from pathlib import Path

ELEMENTS_DIR = Path(__file__).parent / "elements"
CONTRACT_DIR = Path(__file__).parent / "contract"
