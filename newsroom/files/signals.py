"""Signals about files, for other apps."""

from django.dispatch import Signal

# Sent with ``batch_size`` when the uses of files by pages are recorded again: receivers
# that record uses by other content do so again as well.
uses_rebuilt = Signal()
