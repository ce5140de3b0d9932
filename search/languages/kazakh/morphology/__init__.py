"""Analyses and inflected forms of Kazakh words, from rules and a trained lexicon."""
