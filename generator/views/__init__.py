"""Site + facts + snapshot → one view per page; see :mod:`generator.views.shapes` for what templates see."""
