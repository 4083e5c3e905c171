"""Makes one view per page from the site, its bodies and the snapshot; generator.views.types has what templates see."""
