"""The small function behind the elements: routes → rules → store, with adapters that alone know the
platform."""
