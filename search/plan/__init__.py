"""A query, translated into what engines execute."""
