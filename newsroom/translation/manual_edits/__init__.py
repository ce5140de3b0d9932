"""Manual edits: changes to a page while its translation was stopped.

When synchronisation is resumed, wagtail-localize rewrites the page from its segments.
The manual edits are stored here until an editor accepts or drops each of them; until
then, nothing is published over them.
"""
