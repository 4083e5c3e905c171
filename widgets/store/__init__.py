"""Where contributions are kept: one interface, SQLite and DynamoDB behind it, one conformance suite for
both."""
