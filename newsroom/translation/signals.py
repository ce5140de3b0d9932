"""What happens to the termbase that other parts of the newsroom want to know of."""

from django.dispatch import Signal

# Sent with ``instance``, a concept, in the transaction that saves it, after its terms
# have followed. Django's ``post_save`` comes before them.
terms_saved = Signal()
