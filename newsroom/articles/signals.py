"""Signals about pages, for other apps."""

from django.dispatch import Signal

# Sent with ``instance`` in the transaction that changes the URL of a page, after the
# URLs of its descendants have been updated. Wagtail's ``page_slug_changed`` is sent
# after the commit, too late for changes that must be atomic with it.
address_changed = Signal()

# Sent with ``instance`` and ``update_fields``, like ``post_save``, in the transaction
# that saves a language version, after its child rows have been saved.
version_saved = Signal()

# Sent with ``batch_size`` when the whole search archive is rebuilt: receivers send
# their data again, ``batch_size`` objects at a time.
archive_rebuilt = Signal()
