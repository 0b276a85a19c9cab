"""Home, the officer's desk, navigation."""
