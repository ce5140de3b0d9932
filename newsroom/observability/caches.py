"""Django's cache in memory, with its hits and misses counted.

The backend of django-prometheus returns the default for cached values that are false,
such as 0, so it is not used.
"""

from typing import Any

from django.core.cache.backends import locmem

from newsroom.observability.metrics import CACHE_REQUESTS

_MISSING = object()


class LocMemCache(locmem.LocMemCache):
    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = super().get(key, _MISSING, version)
        CACHE_REQUESTS.labels("miss" if found is _MISSING else "hit").inc()
        return default if found is _MISSING else found
