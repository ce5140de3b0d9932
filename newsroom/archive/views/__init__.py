"""What readers ask the archive for: dates, names, and articles by their numbers."""
