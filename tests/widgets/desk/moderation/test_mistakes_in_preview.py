"""Links of the desk in the preview lead to pages of the preview, not to where the site will live."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.conftest import ORIGIN, THREAD, Build
from tests.widgets.desk.conftest import arrived

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("preview", "begins"), [(True, "/"), (False, "https://gatherwell.example/")])
async def test_a_reported_page_is_linked_to_where_it_is(
    build: Build, manifest: dict[str, Any], preview: bool, begins: str
) -> None:
    manifest["conditions"]["migraine"]["origin"] = "https://gatherwell.example"
    function = build(extra_origins=(ORIGIN,) if preview else ())
    await function.form(f"/threads/{THREAD}/mistakes", {"text": "A wrong day.", "lang": "en"})
    mo = await arrived(function, role="editor")
    page = (await mo.get("/mistakes")).text
    assert f'href="{begins}weather/' in page
