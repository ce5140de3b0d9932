"""Kazakh pages in two other scripts, Latin and Arabic; see docs/scripts.md."""
