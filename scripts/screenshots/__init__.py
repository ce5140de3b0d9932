"""Screenshots for docs/images, taken by ``make screenshots``."""
