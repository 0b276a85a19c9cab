"""Accounts, entries and the rules of splitting; knows nothing of sales."""
