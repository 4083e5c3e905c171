"""The community that `init` makes: what it asks, the texts it begins with, and what it pins."""
