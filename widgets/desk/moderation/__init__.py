"""What staff see and do: the queue, a comment with all around it, actions, undo, lists, the audit log."""
