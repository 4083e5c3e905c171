"""A private report for editors: what a community did in a month, and where it waits. It is never a part of a site."""
