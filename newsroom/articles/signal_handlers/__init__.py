"""Receivers of the signals of Django and Wagtail."""
