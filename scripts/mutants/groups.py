"""Groups of modules that are mutated, with the tests that must notice it."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Group:
    """Glob patterns of the mutated modules and the test paths to run on them."""

    sources: tuple[str, ...]
    tests: tuple[str, ...]

    def files(self) -> list[Path]:
        """Return the mutated files, sorted. A package's `__init__.py` is included."""
        found = {path for pattern in self.sources for path in ROOT.glob(pattern)}
        return sorted(found)


GROUPS = {
    "ranking": Group(
        ("search/ranking/*.py", "search/weights.py"),
        (
            "tests/search/scoring",
            "tests/search/test_ranking.py",
            "tests/search/test_similar.py",
            "tests/search/test_similar_terms.py",
            "tests/search/test_spelling.py",
            "tests/search/test_spelling_candidates.py",
        ),
    ),
    "permissions": Group(
        ("newsroom/**/permissions.py", "newsroom/access/*.py"),
        (
            "tests/access",
            "tests/translation/test_permissions.py",
            "tests/files/test_permissions.py",
            "tests/bin/test_permissions.py",
            "tests/bin/test_bin.py",
            "tests/backup/test_hold.py",
        ),
    ),
    "parser": Group(("search/query/*.py",), ("tests/search/query",)),
    "sanitiser": Group(
        (
            "newsroom/sanitising/characters.py",
            "newsroom/sanitising/cleaning.py",
            "newsroom/sanitising/elements.py",
            "newsroom/sanitising/nesting.py",
        ),
        (
            "tests/sanitising/test_characters.py",
            "tests/sanitising/test_cleaning.py",
            "tests/sanitising/test_elements.py",
            "tests/sanitising/test_nesting.py",
            "tests/sanitising/test_nothing_acts.py",
            "tests/sanitising/test_splitting.py",
        ),
    ),
    # Whether a save, a scheduled revision, an expiry date or a bulk action publishes or
    # unpublishes a page: the ordered steps, the vetoes, and the guard of live texts.
    "publication": Group(
        (
            "newsroom/publication/*.py",
            "newsroom/articles/draft_saves.py",
            "newsroom/articles/models/localized_page.py",
            "newsroom/articles/publishing.py",
            "newsroom/articles/publishing_steps.py",
            "newsroom/articles/refusals.py",
            "newsroom/translation/draft_saves.py",
            "newsroom/translation/expiry.py",
            "newsroom/translation/publication.py",
            "newsroom/translation/machine/guard.py",
            "newsroom/translation/manual_edits/guard.py",
        ),
        # Not those that start a worker or open the admin: each takes seconds.
        (
            "tests/articles/test_localized_pages.py",
            "tests/articles/test_publishing.py",
            "tests/articles/test_publishing_steps.py",
            "tests/articles/test_refusals.py",
            "tests/articles/test_saved_pages.py",
            "tests/publication/test_bulk_publishing.py",
            "tests/publication/test_checking.py",
            "tests/publication/test_middleware.py",
            "tests/publication/test_missed.py",
            "tests/publication/test_notifications.py",
            "tests/publication/test_page_editor.py",
            "tests/publication/test_panels.py",
            "tests/publication/test_publish_revision.py",
            "tests/publication/test_take_down.py",
            "tests/translation/machine/test_guard.py",
            "tests/translation/manual_edits/test_guard.py",
            "tests/translation/test_expired_originals.py",
            "tests/translation/test_publication.py",
        ),
    ),
    # Which language versions a release publishes, when, and what is recorded of each.
    "releases": Group(
        ("newsroom/translation/releases/*.py",),
        (
            "tests/translation/releases",
            "tests/translation/test_releases.py",
        ),
    ),
}
