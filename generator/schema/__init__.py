"""YAML to checked values: positions in the source, conversion by type, dates."""
