"""Translations as files, for the tools that translators use: out, and in again."""
