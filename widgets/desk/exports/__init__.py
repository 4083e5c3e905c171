"""What a store holds as JSON Lines that anybody can read, and their way into another store."""
