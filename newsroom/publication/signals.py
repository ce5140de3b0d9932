"""What other apps add to the publication of pages."""

from django.dispatch import Signal

# Sent with ``page`` when a scheduled publication is refused: receivers return the users
# who are to be told beside the one who scheduled it.
publication_refused = Signal()
