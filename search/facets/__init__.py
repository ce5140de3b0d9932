"""Facets: what entries are filtered, counted and browsed by."""
