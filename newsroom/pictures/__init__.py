"""Pictures for readers: in the size that the page shows, and in modern formats."""
