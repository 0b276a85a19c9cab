"""The rules of a unit's money, by part. Pure."""
