"""Settings of health, logs, metrics and rate limits: docs/observability.md."""

import logging

import environ

from newsroom.observability.log_settings import configure_structlog, log_settings

env = environ.Env()

# /health/ and /metrics answer clients in these networks, as seen after the trusted
# proxies, and clients with the token; all others get a 404.
HEALTH_ALLOWED = env.list(
    "HEALTH_ALLOWED",
    default=[
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1",
        "fc00::/7",
        "fe80::/10",
    ],
)
HEALTH_TOKEN = env.str("HEALTH_TOKEN", default="")

# Logs: LOG_IP_ADDRESSES is short (the network only), full or none.
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOG_IP_ADDRESSES = env.str("LOG_IP_ADDRESSES", default="short")
configure_structlog()
LOGGING = log_settings(LOG_LEVEL, is_json=False)
# One line per request: its end. The start is logged at the level DEBUG.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False

# Requests and seconds for each client: docs/observability.md. 0 is no limit. A newsroom
# or a university shares an address, so the limits are generous.
RATE_LIMITS = {
    "search": env.str("RATE_LIMIT_SEARCH", default="300/60"),
    "suggestions": env.str("RATE_LIMIT_SUGGESTIONS", default="1200/60"),
    "feeds": env.str("RATE_LIMIT_FEEDS", default="120/60"),
    "api": env.str("RATE_LIMIT_API", default="120/60"),
    "exports": env.str("RATE_LIMIT_EXPORTS", default="60/60"),
}

# Look-ups are counted for /metrics.
CACHES = {"default": {"BACKEND": "newsroom.observability.caches.LocMemCache"}}
# Few: each is a time series for every view.
PROMETHEUS_LATENCY_BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, float("inf"))
