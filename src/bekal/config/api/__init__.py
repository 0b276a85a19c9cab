"""The JSON API: the rooms' routers put together under /api/v1, and its description."""
