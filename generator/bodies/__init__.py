"""Bodies: Markdown to HTML with slots, and the facts about each text."""
