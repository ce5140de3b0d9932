"""Drafts by wagtail-localize's machine translators.

A machine-made segment is marked until a person accepts it; its article cannot be
published before.
"""
