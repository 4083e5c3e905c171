"""Owns the two tables as they are created for tests and trials; `deploy/aws/template.yaml` declares the same."""

from __future__ import annotations

from widgets.store.dynamodb.table import Client


def create_tables(client: Client, name: str) -> None:
    indexes = [("queue", "qp", "qs"), ("author", "author", "id")]
    used = ["pk", "sk", *(attr for _, *keys in indexes for attr in keys)]
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": attr, "AttributeType": "S"} for attr in used],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": [
                    {"AttributeName": hash_, "KeyType": "HASH"},
                    {"AttributeName": range_, "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
            for index, hash_, range_ in indexes
        ],
    )
    client.create_table(
        TableName=f"{name}-ledger",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
    )
