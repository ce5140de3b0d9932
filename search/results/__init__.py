"""Searching: hits, excerpts, landing pages and exports."""
