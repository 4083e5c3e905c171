"""Content of other systems becomes files of ours: read by one module a format, written by one writer, with a report."""
