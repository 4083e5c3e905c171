"""Front matter: its schema, and a source file parsed into it and a body."""
