"""The termbase as files."""
