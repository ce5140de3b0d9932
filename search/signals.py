"""What happens in the search that other parts of the site want to know of."""

from django.dispatch import Signal

# Sent when a reader has been answered, with ``text`` (as typed, trimmed), ``read_as``
# (as it was understood), ``locales`` (those searched, a tuple of codes), ``language``
# (of the interface), ``total`` (articles found), ``is_first_page`` and ``engine`` (the
# name of the one that answered). Nothing says who asked.
searched = Signal()
