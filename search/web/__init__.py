"""The search for readers and programs: URLs, pages, feeds and JSON."""
