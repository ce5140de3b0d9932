"""The metrics of this project, beside those of requests by django-prometheus.

No label has values that a client chooses. docs/observability.md lists all metrics.
"""

from prometheus_client import Counter, Histogram

PUBLICATIONS = Counter(
    "newsroom_publications",
    "Pages published, by kind of article or type of page.",
    ["kind"],
)
# From a suggestion to the longest search that a reader waits for.
SEARCH_SECONDS = Histogram(
    "newsroom_search_seconds",
    "Seconds that search engines took for one search, by the engine that answered.",
    ["engine"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
FAILED_SIGN_INS = Counter(
    "newsroom_failed_sign_ins", "Sign-ins refused because of wrong credentials."
)
MAILS = Counter("newsroom_mails", "E-mails, by result: sent or failed.", ["result"])
CACHE_REQUESTS = Counter(
    "newsroom_cache_requests",
    "Look-ups in the cache: hit or miss.",
    ["result"],
)
REFUSED_REQUESTS = Counter(
    "newsroom_rate_limited_requests", "Requests refused by a rate limit.", ["scope"]
)
