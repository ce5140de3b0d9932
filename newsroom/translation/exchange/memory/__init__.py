"""Export and import of the translation memory."""
