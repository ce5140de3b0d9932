"""Fixtures of releases: an embargoed article with two translations."""

from tests.translation.test_releases import draft, editor, translations

__all__ = ["draft", "editor", "translations"]
