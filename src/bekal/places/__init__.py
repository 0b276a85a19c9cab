"""The centre, the kanwil and the units, through time."""
