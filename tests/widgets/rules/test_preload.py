"""Lists and weights are read when a server starts, not with the first text; a cold start for a reader reads none."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.widgets.conftest import POLL, Build
from widgets.rules.claims import claim_files
from widgets.rules.harm import harm_files
from widgets.rules.pleas.signs import sign_files
from widgets.rules.pleas.unmasked import core_files
from widgets.rules.pleas.wide import wide_files
from widgets.rules.preload import preload
from widgets.rules.weights import Name, read_weights

pytestmark = pytest.mark.anyio

FILES = (claim_files, core_files, harm_files, sign_files, wide_files)


def forget() -> None:
    for read in (*FILES, read_weights, preload):
        read.cache_clear()


async def test_a_server_reads_every_list_and_every_file_of_weights_at_its_start(build: Build) -> None:
    app = build().app
    forget()
    async with app.router.lifespan_context(app):
        pass
    assert [read.cache_info().currsize for read in FILES] == [1] * len(FILES)
    assert read_weights.cache_info().currsize == len(get_args(Name))


async def test_an_answer_to_a_reader_waits_for_no_list(build: Build) -> None:
    forget()
    function = build()
    assert (await function.client.get(f"/api/v1/polls/{POLL}")).status_code == 200
    assert [read.cache_info().currsize for read in (*FILES, read_weights)] == [0] * (len(FILES) + 1)
