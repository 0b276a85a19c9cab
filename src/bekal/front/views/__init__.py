"""The pages of the front, by subject."""
