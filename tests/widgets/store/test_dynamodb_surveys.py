"""Surveys over DynamoDB's protocol: 20,000 responses are counted one by one; a publication beside writes."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from tests.widgets.store.conftest import Stores
from tests.widgets.store.test_conformance_surveys import FIRST, SURVEY, Maker, response
from widgets.store.dynamodb import DynamoStore
from widgets.store.dynamodb.surveys import _item
from widgets.store.dynamodb.table import attributes
from widgets.store.surveys import Counts, Fixed

pytestmark = pytest.mark.anyio


async def test_a_row_that_comes_while_a_publication_counts_is_counted_anew(dynamo: Stores) -> None:
    """The first count is of two rows; before it is fixed a third has come, and a fourth has gone."""
    surveys, make = dynamo.store.surveys, Maker()
    for number in (1, 2, 4):
        await surveys.add(response(number, "a"), None)
    assert isinstance(dynamo.store, DynamoStore)
    other = dynamo.again()
    dynamo.opened.append(other)
    from widgets.store.dynamodb import surveys as rows

    def disturbed(counts: Counts, last: str | None) -> Fixed | None:
        assert isinstance(other, DynamoStore)
        if not make.asked:
            rows.add(other._table, response(3, "a"), None)
            rows.withdraw(other._table, response(4, "a"))
        return make(counts, last)

    head = await surveys.publish(SURVEY, 1, FIRST, disturbed)
    assert len(make.asked) == 2
    assert (head.results, head.responses) == ('{"": 3, "a": 3}', 3)
    assert await surveys.count(SURVEY, 1) == Counts({"": 3, "a": 3}, {}, {})


@pytest.mark.long
async def test_twenty_thousand_responses_are_counted_one_by_one(dynamo: Stores) -> None:
    store, chance = dynamo.store, random.Random(22)
    assert isinstance(store, DynamoStore)
    client, name = store._table.client, store._table.name
    wanted: Counter[str] = Counter()
    batch: list[dict[str, Any]] = []
    for number in range(20_000):
        answers = {f"q{q}": str(chance.randrange(5)) for q in range(10) if chance.random() < 0.8}
        cells = tuple(f"{question}={choice}" for question, choice in answers.items())
        wanted.update(["", *cells])
        row = replace(response(number, *cells), answers=json.dumps(answers))
        batch.append({"PutRequest": {"Item": attributes(_item(row) | {"shard": 0, "publications": 0})}})
        if len(batch) == 25:
            client.batch_write_item(RequestItems={name: batch})
            batch = []
    assert (await store.surveys.count(SURVEY, 1)).standing == wanted
