"""The pictures in docs/images, taken anew by ``make screenshots``."""
