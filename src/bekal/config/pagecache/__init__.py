"""Whole public pages, kept until something that they depend on changes.

`PageCache` stands in front of Django as WSGI middleware. Django marks an answer that may be kept
by the header of `foundation.faces`; `Revisions` tells when it is out of date.
"""

from bekal.config.pagecache.cache import PageCache
from bekal.config.pagecache.revisions import Revisions

__all__ = ["PageCache", "Revisions"]
