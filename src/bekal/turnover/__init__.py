"""Sums over the tree and time, with coverage; owns no truth."""
