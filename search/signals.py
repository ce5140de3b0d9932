"""Signals of the search for other apps."""

from django.dispatch import Signal

# Sent after a search was answered, with ``text`` (as typed, stripped), ``read_as`` (as
# parsed), ``locales`` (those searched, a tuple of codes), ``language`` (of the
# interface), ``total`` (articles found), ``is_first_page`` and ``engine`` (the name of
# the one that answered). No argument identifies the reader.
searched = Signal()

# Sent once for each search that an engine has answered, however many requests it made,
# with ``engine`` (the name of the one that answered first) and ``seconds`` (of waiting
# for engines, including any that failed).
answered = Signal()
