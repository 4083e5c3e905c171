"""Files that are published besides pages: images, social cards, attachments, assets; and which host needs which."""
