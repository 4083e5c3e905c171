"""The store that grows: DynamoDB, one table on demand and a ledger that is never backed up."""

from widgets.store.dynamodb.ledger import DynamoLedger
from widgets.store.dynamodb.store import DynamoStore
from widgets.store.dynamodb.table import connect, create_tables

__all__ = ["DynamoLedger", "DynamoStore", "connect", "create_tables"]
