"""Facets: properties by which entries are filtered, counted and browsed."""
