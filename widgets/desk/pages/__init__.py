"""The frame of the desk's pages, with their templates, style and scripts."""
