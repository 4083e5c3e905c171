"""What every room may use: errors, functions on text, the values of a body, the folders of a project."""
