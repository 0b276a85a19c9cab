"""What the pages of a unit's money ask, by part."""
