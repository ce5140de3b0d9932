"""The agreed terms of a segment, and those missing in its translation."""

import re
from collections import defaultdict
from dataclasses import dataclass

from newsroom.translation.inline_tags import plain_text
from newsroom.translation.models import Term
from search.languages import analyse

_HYPHENS = re.compile(r"(?<=\w)[-‐‑](?=\w)")


@dataclass(frozen=True, slots=True)
class TermHint:
    """A term found in a source text, with its translations.

    ``agreed`` are terms that may be used and ``deprecated`` those that may not.
    ``is_missing`` says that the translation contains no agreed term;
    ``used_deprecated`` are the deprecated terms that the translation contains.
    """

    term: str
    agreed: tuple[str, ...]
    deprecated: tuple[str, ...]
    is_missing: bool
    used_deprecated: tuple[str, ...]


class Termbase:
    """The terms of two languages, read once for a whole article."""

    def __init__(self, source: str, target: str) -> None:
        self.source, self.target = source, target
        terms = Term.objects.filter(locale__language_code__in=[source, target])
        self._of: dict[int, dict[str, list[Term]]] = defaultdict(
            lambda: defaultdict(list)
        )
        # Terms, as tuples of stems, by their first stem.
        self._begin: dict[str, list[tuple[tuple[str, ...], Term]]] = defaultdict(list)
        for term in terms.select_related("locale").order_by("sort_order", "pk"):
            code = term.locale.language_code
            self._of[term.concept_id][code].append(term)
            stems = stems_of(term.text, code)
            if code == source and stems:
                self._begin[stems[0]].append((stems, term))

    def hints(self, source: str, translation: str) -> list[TermHint]:
        """Return the hints for a segment, in the order of its source text."""
        stems = stems_of(plain_text(source), self.source)
        translated = stems_of(plain_text(translation), self.target)
        hints: dict[int, TermHint] = {}
        for place, stem in enumerate(stems):
            for wanted, term in self._begin.get(stem, ()):
                ends = stems[place : place + len(wanted)]
                if ends == wanted and term.concept_id not in hints:
                    hint = self._hint(term, translated)
                    if hint:
                        hints[term.concept_id] = hint
        return list(hints.values())

    def _hint(self, term: Term, translated: tuple[str, ...]) -> TermHint | None:
        theirs = self._of[term.concept_id][self.target]
        out = [t.text for t in theirs if t.status == Term.Status.DEPRECATED]
        approved = [t.text for t in theirs if t.status == Term.Status.APPROVED]
        proposed = [t.text for t in theirs if t.status == Term.Status.PROPOSED]
        agreed = [*approved, *proposed]
        if not theirs:
            return None
        return TermHint(
            term=term.text,
            agreed=tuple(agreed),
            deprecated=tuple(out),
            is_missing=bool(agreed and translated)
            and not any(self._stands(text, translated) for text in agreed),
            used_deprecated=tuple(t for t in out if self._stands(t, translated)),
        )

    def _stands(self, text: str, translated: tuple[str, ...]) -> bool:
        wanted = stems_of(text, self.target)
        last = len(translated) - len(wanted)
        return bool(wanted) and any(
            translated[place : place + len(wanted)] == wanted
            for place in range(last + 1)
        )


def stems_of(text: str, code: str) -> tuple[str, ...]:
    """Return the stems of a text in order; a hyphen separates words as a space does."""
    spaced = _HYPHENS.sub(" ", text)
    return tuple(term.folded for term in analyse(spaced, code) if term.folded)
