"""Campaigns: days on which the whole nation sells and counts together."""
