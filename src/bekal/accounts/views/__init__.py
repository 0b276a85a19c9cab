"""Pages of signing in and of one's own account, and of who works in a unit."""
