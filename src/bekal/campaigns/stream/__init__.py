"""The stream of live pages: an ASGI application of its own, in a process of its own."""

from bekal.campaigns.stream.door import application

__all__ = ["application"]
