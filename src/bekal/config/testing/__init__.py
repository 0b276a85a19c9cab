"""What `bekal test` runs before the tests: the gates."""
