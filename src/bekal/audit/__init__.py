"""Who did what, in a chain that shows every change to it."""
