"""Queries as readers type them, and their results, on every engine."""
