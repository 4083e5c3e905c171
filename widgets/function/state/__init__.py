"""What the function keeps while it runs: settings, services, limits, the manifest, cached public answers."""
