"""Settings, addresses, the command line: puts the rooms together; nobody imports it."""
