"""The moderators' pages: who may act, the queue, a comment with all around it, and the audit log of every action."""
