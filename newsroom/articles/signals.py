"""What happens to pages that other parts of the newsroom want to know of."""

from django.dispatch import Signal

# Sent with ``instance`` in the transaction that gives a page another address, after
# the addresses of the pages below it have followed. Wagtail's ``page_slug_changed``
# comes after the commit, too late for what must stand or fall with it.
address_changed = Signal()

# Sent with ``instance`` and ``update_fields``, as ``post_save`` is, in the transaction
# that saves a language version, after the rows that belong to it have followed.
version_saved = Signal()

# Sent with ``batch_size`` when everything that the search was told is being told to it
# anew: whoever tells it something does so again, that many objects at a time.
archive_rebuilt = Signal()
