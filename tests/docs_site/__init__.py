"""The documentation as a Gatherwell project of its own, and the pages of it that are generated from the code."""
