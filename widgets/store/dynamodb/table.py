"""Owns calls to DynamoDB: keys, transactions, retries, the meaning of errors; it knows no votes or comments."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection

from widgets.store.records import TAKEDOWNS, Busy

T = TypeVar("T")
Item = dict[str, Any]  # attribute values as DynamoDB writes them
Client = Any

_TRIES: Final = 12  # of one call
_ATTEMPTS: Final = 10  # of reading the rows and building the transaction again
_PASSING: Final = frozenset(
    {
        *("TransactionConflict", "TransactionConflictException", "TransactionInProgressException"),
        *("ThrottlingError", "ThrottlingException", "ProvisionedThroughputExceeded"),
        *("ProvisionedThroughputExceededException", "RequestLimitExceeded", "InternalServerError"),
        *("ServiceUnavailable", "ServiceUnavailableException"),
    }
)
_READS: Final = frozenset({"get_item", "batch_get_item", "query", "scan"})


class TryAgain(Exception):
    """The write may not have happened as wanted: look at the rows again, then decide."""


class Lost(TryAgain):
    """No answer came: it happened, or it did not."""


class ConditionFailed(TryAgain):
    """A condition did not hold; nothing was written."""


def connect(endpoint: str | None = None) -> Client:
    """A client; region and credentials from the environment, `DYNAMODB_ENDPOINT` for another place than
    AWS."""
    config = Config(
        connect_timeout=2,
        read_timeout=5,
        retries={"mode": "standard", "total_max_attempts": 1},  # our own retries read the rows first
        max_pool_connections=32,
        tcp_keepalive=True,
    )
    return botocore.session.get_session().create_client(
        "dynamodb",
        endpoint_url=endpoint or os.environ.get("DYNAMODB_ENDPOINT"),
        region_name=os.environ.get("AWS_REGION", os.environ.get("AWS_DEFAULT_REGION", "us-east-1")),
        config=config,
    )


def attribute(value: str | int | bytes | bool) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int):
        return {"N": str(value)}
    return {"B": value} if isinstance(value, bytes) else {"S": value}


def plain(item: Mapping[str, Any]) -> dict[str, Any]:
    """Names to plain values."""
    return {
        name: int(value["N"]) if "N" in value else next(iter(value.values())) for name, value in item.items()
    }


def attributes(values: Mapping[str, Any]) -> Item:
    """Values that are None are left out."""
    return {name: attribute(value) for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Update:
    """An update in parts, with names and values bound, so that no value can be read as an expression."""

    key: tuple[str, str]
    set: Mapping[str, Any]
    add: Mapping[str, int]
    remove: tuple[str, ...] = ()
    condition: str = ""
    names: Mapping[str, str] | None = None
    values: Mapping[str, Any] | None = None

    def request(self) -> dict[str, Any]:
        names = dict(self.names or {})
        values = dict(self.values or {})
        parts = []
        for verb, changes, joint in (("SET", self.set, " = "), ("ADD", self.add, " ")):
            pairs = []
            for number, (name, value) in enumerate(changes.items()):
                place = f"{verb.lower()}{number}"
                names[f"#{place}"], values[f":{place}"] = name, value
                pairs.append(f"#{place}{joint}:{place}")
            if pairs:
                parts.append(f"{verb} {', '.join(pairs)}")
        if self.remove:
            names |= {f"#remove{number}": name for number, name in enumerate(self.remove)}
            parts.append("REMOVE " + ", ".join(f"#remove{number}" for number in range(len(self.remove))))
        request: dict[str, Any] = {
            "Key": key_of(*self.key),
            "UpdateExpression": " ".join(parts),
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": attributes(values),
        }
        if self.condition:
            request["ConditionExpression"] = self.condition
        return {name: value for name, value in request.items() if value}


# Counts, with each act, how often published words were taken down.
TAKEDOWN: Final = Update((TAKEDOWNS, "-"), {}, {"n": 1})


def key_of(pk: str, sk: str) -> Item:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


class Table:
    """One table. `run` works in a thread; transient errors are retried with jitter."""

    def __init__(self, client: Client, name: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self.client = client
        self.name = name
        self._sleep = sleep
        self._jitter = random.Random()  # noqa: S311  (spreads retries, guards nothing)

    async def run(self, work: Callable[[], T]) -> T:
        """Raises Busy where DynamoDB gave no answer; the write may or may not have happened."""
        return await asyncio.to_thread(self._guarded, work)

    def _guarded(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except TryAgain as error:
            raise Busy("DynamoDB did not answer.") from error
        except ClientError as error:
            raise Busy(f"DynamoDB refused ({error.response['Error']['Code']}).") from error
        except BotoCoreError as error:
            raise Busy(f"DynamoDB could not be asked ({type(error).__name__}).") from error

    def pause(self, attempt: int) -> None:
        self._sleep(self._jitter.uniform(0, min(0.4, 0.01 * 2**attempt)))

    def try_again(self, attempt: Callable[[], T], busy: str) -> T:
        """The attempt's result; on TryAgain it is repeated. Raises Busy with this message."""
        for number in range(_ATTEMPTS):
            try:
                return attempt()
            except TryAgain:
                self.pause(number)
        raise Busy(busy)

    def call(self, operation: str, **asked: Any) -> dict[str, Any]:
        """One call, retried on transient errors. Raises Lost for a write that got no answer."""
        for attempt in range(_TRIES):
            try:
                answer: dict[str, Any] = getattr(self.client, operation)(**asked)
                return answer
            except ClientError as error:
                if not _passing(error):
                    raise
            except (HTTPClientError, NoConnection) as error:
                if operation not in _READS:
                    raise Lost from error
            self.pause(attempt)
        raise Busy("DynamoDB is throttling, or out of reach.")

    def get(self, pk: str, sk: str) -> dict[str, Any] | None:
        found = self.call("get_item", TableName=self.name, Key=key_of(pk, sk), ConsistentRead=True).get(
            "Item"
        )
        return plain(found) if found else None

    def get_many(
        self, keys: Sequence[tuple[str, str]], *, consistent: bool = True
    ) -> dict[tuple[str, str], dict[str, Any]]:
        found: dict[tuple[str, str], dict[str, Any]] = {}
        waiting = [key_of(*key) for key in dict.fromkeys(keys)]
        attempt = 0
        while waiting:
            batch, waiting = waiting[:100], waiting[100:]
            asked = {self.name: {"Keys": batch, "ConsistentRead": consistent}}
            answer = self.call("batch_get_item", RequestItems=asked)
            for item in map(plain, answer["Responses"].get(self.name, ())):
                found[item["pk"], item["sk"]] = item
            left = answer.get("UnprocessedKeys", {}).get(self.name, {}).get("Keys", [])
            if left:
                attempt += 1
                if attempt > _TRIES:
                    raise Busy("DynamoDB is throttling.")
                self.pause(attempt)
                waiting += left
        return found

    def query(self, condition: str, values: Mapping[str, Any], **more: Any) -> Iterator[dict[str, Any]]:
        """Items in order, page after page."""
        asked = {
            "TableName": self.name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": attributes(values),
            **more,
        }
        while True:
            answer = self.call("query", **asked)
            yield from map(plain, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def scan(
        self, index: str | None = None, values: Mapping[str, Any] | None = None, **more: Any
    ) -> Iterator[dict[str, Any]]:
        """The whole table, or what an index holds of it, a moment old."""
        asked: dict[str, Any] = {"TableName": self.name, **more}
        if values:
            asked["ExpressionAttributeValues"] = attributes(values)
        asked |= {"IndexName": index} if index else {"ConsistentRead": True}
        while True:
            answer = self.call("scan", **asked)
            yield from map(plain, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def put(self, item: Mapping[str, Any], condition: str = "", **values: Any) -> dict[str, Any]:
        """A Put for a transaction; `values` are bound to `:name`."""
        request: dict[str, Any] = {"TableName": self.name, "Item": attributes(item)}
        return {"Put": self._conditioned(request, condition, values)}

    def delete(self, key: tuple[str, str], condition: str = "", **values: Any) -> dict[str, Any]:
        request: dict[str, Any] = {"TableName": self.name, "Key": key_of(*key)}
        return {"Delete": self._conditioned(request, condition, values)}

    def demand(self, key: tuple[str, str], condition: str, **values: Any) -> dict[str, Any]:
        request: dict[str, Any] = {"TableName": self.name, "Key": key_of(*key)}
        return {"ConditionCheck": self._conditioned(request, condition, values)}

    def update(self, update: Update) -> dict[str, Any]:
        return {"Update": {"TableName": self.name, **update.request()}}

    def _conditioned(
        self, request: dict[str, Any], condition: str, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        if condition:
            request["ConditionExpression"] = condition
        if values:
            bound = {f":{name}": value for name, value in values.items()}
            request["ExpressionAttributeValues"] = attributes(bound)
        return request

    def transact(self, parts: Sequence[dict[str, Any]]) -> None:
        """A transaction. Raises ConditionFailed, Lost, and Busy after too many conflicts."""
        try:
            self.call("transact_write_items", TransactItems=list(parts))
        except ClientError as error:
            if "ConditionalCheckFailed" in _reasons(error):
                raise ConditionFailed from None
            raise


def _reasons(error: ClientError) -> set[str]:
    return {reason.get("Code", "") for reason in error.response.get("CancellationReasons", ())}


def _passing(error: ClientError) -> bool:
    reasons = _reasons(error)
    passing = _PASSING & (reasons or {error.response["Error"]["Code"]})
    return bool(passing) and "ConditionalCheckFailed" not in reasons
