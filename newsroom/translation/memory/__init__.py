"""The translation memory: earlier translations, their reuse and the concordance."""
