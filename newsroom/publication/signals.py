"""Signals with which other apps extend the publication of pages."""

from django.dispatch import Signal

# Sent with ``page`` when a scheduled publication is refused: receivers return the users
# to notify in addition to the one who scheduled it.
publication_refused = Signal()
