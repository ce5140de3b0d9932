"""The translation desk: the state of every article in every language."""
