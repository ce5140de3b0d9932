"""Limits of requests to expensive pages, by client.

See docs/decisions/0025-rate-limits-without-a-server.md.
"""
