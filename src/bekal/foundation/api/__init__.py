"""What the operations of the JSON API share, whichever room they lie in."""
