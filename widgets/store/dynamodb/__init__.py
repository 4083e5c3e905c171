"""The store on DynamoDB: one on-demand table, and a second one for the ledger, which is never backed up."""

from widgets.store.dynamodb.creation import create_tables
from widgets.store.dynamodb.ledger import DynamoLedger
from widgets.store.dynamodb.store import DynamoStore
from widgets.store.dynamodb.table import connect

__all__ = ["DynamoLedger", "DynamoStore", "connect", "create_tables"]
