"""Signals of the archive of articles, for other apps.

What happens to a single page is in :mod:`newsroom.articles.publishing`.
"""

from django.dispatch import Signal

# Sent with ``batch_size`` when the whole search archive is rebuilt: receivers send
# their data again, ``batch_size`` objects at a time.
archive_rebuilt = Signal()
