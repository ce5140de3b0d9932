"""Measurements of Kazakh as it is typed: `python -m benchmarks.kazakh_typed`."""
