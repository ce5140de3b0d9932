"""What other parts of the newsroom want to know of files."""

from django.dispatch import Signal

# Sent with ``batch_size`` when the uses of files are recorded anew: whoever records
# uses of other content than that of the pages themselves does so again.
uses_rebuilt = Signal()
