"""Load and durability of the function, beside Isso, on one machine."""
