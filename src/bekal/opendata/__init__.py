"""Public datasets, how they are counted, and what others have said of the past."""
