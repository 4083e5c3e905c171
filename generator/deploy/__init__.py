"""A built site sent to where readers fetch it: only what changed, and what is gone taken away."""
