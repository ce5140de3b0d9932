"""Edits made by hand while a translation was stopped, and what becomes of them.

wagtail-localize writes a page anew from its segments once synchronisation is switched
on again. What was written by hand meanwhile is kept here until somebody has accepted
or dropped it, and nothing is published before.
"""
