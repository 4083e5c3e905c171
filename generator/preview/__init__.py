"""The live preview: watch, call the same stages as a build, tell the browser; no build logic of its own."""
