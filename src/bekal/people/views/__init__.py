"""The pages of makers; each reading of a name leaves a trace."""
