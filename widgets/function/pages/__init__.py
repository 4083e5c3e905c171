"""The pages that answer those who post without JavaScript: plain HTML, no script, nothing from elsewhere."""
