"""Machine translation: drafts by wagtail-localize's machine translators.

A segment that a machine has made is marked so until a person accepts it, and its
article is not published before that.
"""
