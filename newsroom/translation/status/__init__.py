"""The translation status of every article in every language."""
