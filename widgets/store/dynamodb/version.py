"""Owns the version of the table's items, so that an older function leaves a newer table alone."""

from __future__ import annotations

from typing import Final

from botocore.exceptions import ClientError

from widgets.store.dynamodb.table import Table, attributes
from widgets.store.records import NewerStore

# 2: the outbox. An older function would leave what waits there unsent. 4: surveys, whose rows an older one would never end.
# 5: rows beside a comment, which an older one would leave behind when it erases the comment.
# 6: stories and questions, of which an older one would erase none. 7: who asked to be told of answers, which an older one would
# leave behind.
VERSION: Final = 7  # raise it when the items' format changes; the next start writes it to the table
KEY: Final = ("SCHEMA", "-")


def demand_version(table: Table) -> None:
    """A table that names no version holds version 1, which never wrote one. An older table becomes one of this version:
    nothing of it needs to be changed. Raises NewerStore."""
    item = table.get(*KEY)
    found = item["version"] if item else 1
    if found > VERSION:
        raise NewerStore(found, VERSION)
    if found < VERSION:
        _raise_version(table)


def _raise_version(table: Table) -> None:
    pk, sk = KEY
    try:
        table.call(
            "put_item",
            TableName=table.name,
            Item=attributes({"pk": pk, "sk": sk, "version": VERSION}),
            ConditionExpression="attribute_not_exists(pk) OR version < :version",
            ExpressionAttributeValues=attributes({":version": VERSION}),
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        demand_version(table)  # another start was quicker
