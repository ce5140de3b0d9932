"""Preview and application of the changes in a termbase file."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from newsroom.articles.models import Topic
from newsroom.translation.exchange.files import FileError
from newsroom.translation.exchange.terms.entries import TermEntry, TermText
from newsroom.translation.models import Concept, Term
from newsroom.translation.models.termbase import MAX_TERM_LENGTH

MAX_NOTE_LENGTH = 500
# A file's entry without one of our identifiers matches a concept that has the same
# terms in at least this many languages.
SHARED_LANGUAGES = 2


@dataclass(slots=True)
class ConceptChange:
    """The changes that an entry makes; ``concept`` is None if the concept is new."""

    entry: TermEntry
    concept: Concept | None
    added: list[TermText] = field(default_factory=list)
    altered: list[tuple[Term, TermText]] = field(default_factory=list)
    note: str | None = None

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.altered or self.note is not None)


def entries_of(concepts: Sequence[Concept]) -> list[TermEntry]:
    """Return *concepts*, with terms and subject fields, as file entries."""
    return [
        TermEntry(
            key=str(concept.uuid),
            terms=tuple(
                TermText(term.locale.language_code, term.text, term.status, term.note)
                for term in concept.terms.all()
            ),
            note=concept.note,
            subject_field=concept.subject_field.name if concept.subject_field else "",
        )
        for concept in concepts
    ]


def changes_of(entries: Sequence[TermEntry]) -> list[ConceptChange]:
    """Return the changes that *entries* would make.

    Terms in languages that the site does not have are skipped. Terms that are not in
    the file stay. Raises FileError, with the line, for a text that is too long and for
    a concept that appears twice.
    """
    codes = set(Locale.objects.values_list("language_code", flat=True))
    keys = Counter(entry.key for entry in entries if entry.key)
    known = _Known()
    changes = []
    for entry in entries:
        if keys[entry.key] > 1:
            raise FileError(_("A concept appears twice."), entry.line)
        terms = [term for term in entry.terms if term.language in codes]
        for term in terms:
            if len(term.text) > MAX_TERM_LENGTH or len(term.note) > MAX_NOTE_LENGTH:
                raise FileError(_("A term or its note is too long."), term.line)
        if terms and not (change := _change(entry, terms, known)).is_nothing:
            changes.append(change)
    return changes


class _Known:
    """The concepts of the termbase, by UUID and by term."""

    def __init__(self) -> None:
        concepts = Concept.objects.prefetch_related("terms__locale").order_by("pk")
        self.by_uuid: dict[str, Concept] = {}
        self.by_term: dict[tuple[str, str], list[Concept]] = defaultdict(list)
        for concept in concepts:
            self.by_uuid[str(concept.uuid)] = concept
            for term in concept.terms.all():
                called = (term.locale.language_code, term.text.casefold())
                self.by_term[called].append(concept)

    def find(self, key: str, terms: list[TermText]) -> Concept | None:
        if key in self.by_uuid:
            return self.by_uuid[key]
        shared: dict[int, set[str]] = defaultdict(set)
        concepts = {}
        for term in terms:
            for concept in self.by_term[term.language, term.text.casefold()]:
                shared[concept.pk].add(term.language)
                concepts[concept.pk] = concept
        for pk, languages in shared.items():
            if len(languages) >= SHARED_LANGUAGES:
                return concepts[pk]
        return None


def _change(entry: TermEntry, terms: list[TermText], known: _Known) -> ConceptChange:
    concept = known.find(entry.key, terms)
    change = ConceptChange(entry, concept)
    own = {
        (term.locale.language_code, term.text): term
        for term in (concept.terms.all() if concept else ())
    }
    seen = set()
    for term in terms:
        called = (term.language, term.text)
        if called in seen:
            continue
        seen.add(called)
        mine = own.get(called)
        if mine is None:
            change.added.append(term)
        elif (mine.status, mine.note) != (term.status, term.note):
            change.altered.append((mine, term))
    if entry.note and (concept is None or entry.note != concept.note):
        change.note = entry.note
    return change


@transaction.atomic
def apply(changes: Sequence[ConceptChange]) -> int:
    """Apply *changes*, all or none; return the number of new or changed concepts."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for change in changes:
        concept = change.concept or Concept(subject_field=_topic(change.entry))
        if concept.pk is None and (uuid := _uuid(change.entry.key)):
            concept.uuid = uuid
        if change.note is not None:
            concept.note = change.note
        terms = list(concept.terms.all())
        for mine, term in change.altered:
            mine.status, mine.note = term.status, term.note
        altered = {mine.pk: mine for mine, _term in change.altered}
        terms = [altered.get(term.pk, term) for term in terms]
        terms += [
            Term(
                locale=locales[term.language],
                text=term.text,
                status=term.status,
                note=term.note,
                sort_order=len(terms) + number,
            )
            for number, term in enumerate(change.added)
        ]
        concept.terms.set(terms)
        concept.save()
    return len(changes)


def _topic(entry: TermEntry) -> Topic | None:
    if not entry.subject_field:
        return None
    return Topic.objects.filter(name__iexact=entry.subject_field).first()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
