"""From a submitted text to a decision: review by the rules, help in a crisis, locks, moderation."""
