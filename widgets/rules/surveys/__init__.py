"""Owns surveys: what a response may say, which cells it counts in, and what is published of the counts."""
