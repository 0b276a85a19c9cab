"""Who signs in, and what they may do in which part of the tree."""
