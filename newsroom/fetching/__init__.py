"""Requests to other servers: every one that the site makes begins here.

:mod:`newsroom.fetching.guarded` fetches URLs that users, imports, feeds or webhooks
name; :mod:`newsroom.fetching.services` asks services that the operator names in the
settings. No other module may use an HTTP library: import-linter and
tests/test_architecture.py check it.
"""
