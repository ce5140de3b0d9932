"""Views of the archive: by date, by name, and by article number."""
