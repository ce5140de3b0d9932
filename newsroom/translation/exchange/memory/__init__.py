"""The translation memory as files."""
