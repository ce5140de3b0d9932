"""Export and import of the termbase."""
