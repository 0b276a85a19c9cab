"""The demo: sample data, sign-ins for every role, and sales that keep coming."""
