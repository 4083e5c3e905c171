"""Instruments of surveys: ``content/<condition>/surveys/<id>.yaml`` and its wording in other languages."""
