"""Worker processes: a pool of them, and batches of work sent to it."""
