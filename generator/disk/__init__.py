"""Files on disk: stamps, the tree of content, the cache, the build lock, the output folder."""
