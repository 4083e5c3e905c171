"""Comments of other systems: read as a stream, made fit, and written to a file that the function takes in."""
