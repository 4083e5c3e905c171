"""What people write: configuration, front matter, documents, and the snapshot of members' votes and comments."""
