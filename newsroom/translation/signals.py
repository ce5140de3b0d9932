"""Signals of the termbase for other apps."""

from django.dispatch import Signal

# Sent with ``instance``, a concept, in the transaction that saves it, after its terms
# are saved. Django sends ``post_save`` before that.
terms_saved = Signal()
