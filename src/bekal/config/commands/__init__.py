"""The commands, a module each, with `run(arguments) -> int` giving the exit code."""
