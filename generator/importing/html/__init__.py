"""HTML of other systems to our Markdown: shortcodes, paragraphs, a tidied tree, Markdown."""
