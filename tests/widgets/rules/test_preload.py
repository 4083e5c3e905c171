"""Lists and weights are read when the function starts, not with the first text."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.widgets.conftest import Build
from widgets.rules.claims import claim_files
from widgets.rules.harm import harm_files
from widgets.rules.pleas.signs import sign_files
from widgets.rules.pleas.unmasked import core_files
from widgets.rules.pleas.wide import wide_files
from widgets.rules.preload import preload
from widgets.rules.weights import Name, read_weights

pytestmark = pytest.mark.anyio

FILES = (claim_files, core_files, harm_files, sign_files, wide_files)


async def test_the_start_reads_every_list_and_every_file_of_weights(build: Build) -> None:
    for read in (*FILES, read_weights, preload):
        read.cache_clear()
    build()
    assert [read.cache_info().currsize for read in FILES] == [1] * len(FILES)
    assert read_weights.cache_info().currsize == len(get_args(Name))
