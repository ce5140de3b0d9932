"""The translation desk: every article in every language, and what is to be done."""
