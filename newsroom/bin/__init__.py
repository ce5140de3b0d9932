"""Deleted pages, which can be restored for thirty days: docs/decisions/0016."""
