"""The kinds of contribution, each a module; what a member's device wrote over all of them."""
