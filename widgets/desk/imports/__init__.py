"""Comments of an older system: read from a file, judged, stored under names that no device holds, and erased by name."""
