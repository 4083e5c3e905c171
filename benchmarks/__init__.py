"""Gatherwell measured beside its peers, on a corpus that all of them build."""
