"""Translation of a parsed query into the clause for the engines.

A query is analysed once for every language that is searched: «қалалардың» is a form of
«қала» in Kazakh and an unknown word in Russian, and matches as either.
"""

import re
from collections.abc import Iterable
from collections.abc import Sequence as SequenceOf
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TypeVar

from django.utils import timezone

from search import query
from search.index import facet_values, named_values, synonyms
from search.index.entries import cut
from search.index.filter_terms import locale_mark, value_mark
from search.index.name_keys import SHORTEST, name_keys
from search.languages import (
    QueryWord,
    analyse,
    analyse_query,
    function_words,
    word_keys,
)
from search.models import FacetValue
from search.plan import clauses
from search.plan.clauses import Clause
from search.plan.leaves import ScoredTerm
from search.plan.reading_ahead import languages_of_names
from search.plan.scripts import WordsInScripts
from search.site_languages import site_languages
from search.weights import SYNONYM_WEIGHT

AnyClause = TypeVar("AnyClause", bound=Clause)

_LATIN = re.compile("[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """The executable form of a query.

    All of ``required``, ``phrases`` and ``loose`` must match; ``loose`` are the words
    of a plain query, ``phrases`` those beside them. ``leaves`` are for ranking and for
    marking matches. ``quoted`` are the leaves of the words of ``phrases``, for a
    loosened plan. ``unnamed`` are field filters whose value is unknown in the archive;
    their values are searched as words. ``read_freely`` are the words of the query that
    are also searched as what they may be meant for (see ``other_words`` of
    :mod:`search.languages`).
    """

    required: Clause
    loose: tuple[Clause, ...] = ()
    leaves: tuple[ScoredTerm, ...] = ()
    phrases: tuple[Clause, ...] = ()
    quoted: tuple[ScoredTerm, ...] = ()
    unnamed: tuple[query.Field, ...] = ()
    read_freely: tuple[str, ...] = ()
    is_positive: bool = False

    def __bool__(self) -> bool:
        return self.is_positive

    def loosened(self) -> "QueryPlan":
        """Return a copy in which words also match related words.

        Related words are derivations, which share a prefix (мемлекет, мемлекеттік). The
        words of phrases and of names become optional words of their own.
        """
        words = [word for clause in self.loose for word in _words_apart(clause)]
        quoted = [leaf.clause for leaf in self.quoted]
        return replace(
            self,
            loose=tuple(map(_with_relatives, (*words, *quoted))),
            phrases=(),
            leaves=tuple(
                replace(leaf, clause=_with_relatives(leaf.clause))
                for leaf in (*self.leaves, *self.quoted)
            ),
        )

    @property
    def clause(self) -> Clause:
        """All required and optional clauses, combined with AND."""
        return clauses.both(self.required, *self.phrases, *self.loose)


def _words_apart(clause: Clause) -> SequenceOf[Clause]:
    """Return what is the same as *clause*, if all match, with a clause for each word.

    A name of several words, or any of its synonyms, becomes its first word or any of
    the synonyms, its second word or any of them, and so on.
    """
    if not isinstance(clause, clauses.AnyOf):
        return [clause]
    asked, *ways = clause.clauses
    words = asked.clauses if isinstance(asked, clauses.AllOf) else [asked]
    return [clauses.AnyOf((word, *ways)) for word in words]


def _with_relatives(clause: AnyClause) -> AnyClause:
    """Return *clause* with the relatives of its words, also of those with synonyms."""
    if isinstance(clause, clauses.TermMatch):
        return replace(clause, relatives=clause.beginnings)
    if isinstance(clause, clauses.AllOf | clauses.AnyOf):
        return replace(clause, clauses=tuple(map(_with_relatives, clause.clauses)))
    return clause


def understand(
    read: query.Query,
    locales: SequenceOf[str],
    *,
    as_typed: bool = False,
    script: str = "",
) -> QueryPlan:
    """Return the executable form of *read* in all of *locales*.

    With *as_typed* the words are searched in all their forms, but under no other name
    and in no other spelling. *script* is the key of the orthography that the words are
    in, if it is known; a filter of the query may name it, too.
    """
    if read.tree is None:
        return QueryPlan(clauses.NOTHING)
    reading = _Reading(list(locales), as_typed=as_typed, script=script)
    parts = read.tree.nodes if isinstance(read.tree, query.And) else (read.tree,)
    with reading.in_named_script(parts):
        required, loose = reading.conjunction(parts)
        phrases = [part for part in parts if isinstance(part, query.Phrase)]
        # Without words beside them, phrases are meant as typed.
        texts = [phrase.text for phrase in phrases] if loose else []
        asked = [reading.phrase(text, scores=False) for text in texts]
        quoted = [leaf for text in texts for leaf in reading.quoted(text)]
    return QueryPlan(
        required=clauses.both(*(clause for clause in required if clause not in asked)),
        loose=tuple(loose),
        leaves=tuple(reading.leaves),
        phrases=tuple(asked),
        quoted=tuple(quoted),
        unnamed=tuple(reading.unnamed),
        read_freely=tuple(dict.fromkeys(reading.read_freely)),
        is_positive=bool(read),
    )


def function_words_in(nodes: Iterable[query.Node]) -> frozenset[str]:
    """Return the function words among *nodes*, the parts of a conjunction.

    There are none without a word that is not one, or a phrase or beginning of a word.
    """
    nodes = list(nodes)
    texts = [node.text for node in nodes if isinstance(node, query.Word)]
    others = [node for node in nodes if isinstance(node, query.Phrase | query.Prefix)]
    texts += [node.text for node in others]
    found = function_words(texts, site_languages())
    return frozenset(
        text for text, is_one in zip(texts, found, strict=True) if is_one
    ) - {node.text for node in others}


class _Reading:
    """One pass over a query tree, which collects leaves."""

    def __init__(self, locales: list[str], *, as_typed: bool, script: str) -> None:
        self.locales = locales
        self.as_typed = as_typed
        self.scripts = WordsInScripts(locales, script)
        self.values: dict[query.Field, list[FacetValue]] = {}
        self.leaves: list[ScoredTerm] = []
        self.unnamed: list[query.Field] = []
        self.read_freely: list[str] = []

    def in_named_script(
        self, nodes: SequenceOf[query.Node]
    ) -> AbstractContextManager[None]:
        """Read words in the orthography that a filter among *nodes* names."""
        fields = [node for node in nodes if isinstance(node, query.Field)]
        named = [self._values_of(one) for one in fields if one.name == "script"]
        return self.scripts.within(v[0].key for v in named if len(v) == 1)

    def conjunction(
        self, nodes: SequenceOf[query.Node]
    ) -> tuple[list[Clause], list[Clause]]:
        """Return (required clauses, loose clauses) of *nodes*.

        Words give loose clauses, all other nodes required ones. Function words give
        none, unless there are no others.
        """
        required: list[Clause] = []
        loose: list[Clause] = []
        run: list[str] = []
        left_out = function_words_in(nodes)
        for node in [*nodes, None]:
            if isinstance(node, query.Word):
                run.append(node.text)
                continue
            loose += self._run(run, left_out)
            run = []
            if node is not None:
                required.append(self.clause(node))
        return required, loose

    def clause(self, node: query.Node, *, scores: bool = True) -> Clause:
        """Return the clause of *node*; collect its leaves if it *scores*."""
        if isinstance(node, query.Not):
            return clauses.NoneOf(self.clause(node.node, scores=False))
        if isinstance(node, query.Or):
            return clauses.AnyOf(
                tuple(self.clause(part, scores=scores) for part in node.nodes)
            )
        if isinstance(node, query.Dates):
            return clauses.DateRange(_midnight(node.start), _midnight(node.end))
        if isinstance(node, query.Field):
            return self._field(node, scores)
        if isinstance(node, query.And):
            with self.in_named_script(node.nodes):
                if scores:
                    required, loose = self.conjunction(node.nodes)
                    return clauses.both(*required, *loose)
                parts = [self.clause(part, scores=False) for part in node.nodes]
                return clauses.both(*parts)
        return self._text(node, scores)

    def _text(self, node: query.Node, scores: bool) -> Clause:
        if isinstance(node, query.Phrase):
            clause: Clause = self.phrase(node.text, scores=scores)
        elif isinstance(node, query.Prefix):
            clause = self._prefix(node.text, scores)
        elif isinstance(node, query.Word):
            if scores:
                return clauses.both(*self._run([node.text]))
            clause = clauses.both(*self._words_of(node.text))
        else:
            raise TypeError(f"{node!r} is no node of a query")
        return clause

    def _run(
        self, texts: list[str], left_out: frozenset[str] = frozenset()
    ) -> list[Clause]:
        """Return the clauses of consecutive words, with synonyms of names and terms.

        Words *left_out* count only as parts of a name or term.
        """
        matches = []
        if texts and not self.as_typed:
            matches = synonyms.find(texts, self.locales)
        for match in matches:
            if left_out.issuperset(texts[match.start : match.end]):
                left_out -= set(texts[match.start : match.end])
        units: list[tuple[Clause, tuple[int, ...]]] = []
        for text in texts:
            words: tuple[clauses.TermMatch, ...] = ()
            if text not in left_out:
                as_written = self._is_as_written(text, texts)
                words = self._words(text, as_written=as_written)
                if not as_written and not self.scripts.is_told(text):
                    self.read_freely.append(text)
            numbers = tuple(self._add(ScoredTerm(word, (word,))) for word in words)
            units.append((clauses.both(*words), numbers))
        found: list[Clause] = []
        position = 0
        for match in matches:
            found += [clause for clause, _numbers in units[position : match.start]]
            inside = units[match.start : match.end]
            instead_of = tuple(n for _clause, numbers in inside for n in numbers)
            found.append(self._either(inside, instead_of, match.ways))
            position = match.end
        found += [clause for clause, _numbers in units[position:]]
        return [clause for clause in found if clause != clauses.EVERYTHING]

    def _either(
        self,
        units: list[tuple[Clause, tuple[int, ...]]],
        instead_of: tuple[int, ...],
        ways: tuple[synonyms.Way, ...],
    ) -> Clause:
        asked = clauses.both(*(clause for clause, _numbers in units))
        others = []
        for way in ways:
            sequence = clauses.PhraseMatch("folded", way.folded)
            words = self._words_of(way.text)
            self._add(
                ScoredTerm(
                    sequence,
                    words,
                    SYNONYM_WEIGHT,
                    through=way.text,
                    through_locale=way.locale,
                    instead_of=instead_of,
                )
            )
            others.append(sequence)
        return clauses.AnyOf((asked, *others))

    def phrase(self, text: str, *, scores: bool) -> clauses.PhraseMatch:
        """Return the clause of a phrase; collect its leaf if it *scores*."""
        sequences = {
            tuple(cut(term.exact) for term in analyse(text, language))
            for language in self.scripts.languages_for(text)
        }
        clause = clauses.PhraseMatch("exact", frozenset(filter(None, sequences)))
        if scores:
            self._add(ScoredTerm(clause, self._words_of(text)))
        return clause

    def quoted(self, text: str) -> list[ScoredTerm]:
        """Return the leaves of the words of a phrase, without function words."""
        texts = text.split()
        left_out = function_words_in([query.Word(one) for one in texts])
        return [
            ScoredTerm(word, (word,))
            for one in texts
            if one not in left_out
            for word in self._words_of(one)
        ]

    def _prefix(self, text: str, scores: bool) -> clauses.PrefixMatch:
        languages = self.scripts.languages_for(text)
        exact = {
            cut(term.exact)
            for language in languages
            for term in analyse(text, language)[:1]
        }
        folded = {key for one in languages for key in word_keys(text, one)[:1]}
        clause = clauses.PrefixMatch(frozenset(exact), frozenset(folded))
        if scores:
            self._add(ScoredTerm(clause))
        return clause

    def _field(self, node: query.Field, scores: bool) -> Clause:
        if node.name == "language":
            return clauses.FlagMatch(frozenset([locale_mark(node.value)]))
        if values := self._values_of(node):
            value_ids = map(facet_values.value_id_of, values)
            return clauses.FlagMatch(frozenset(map(value_mark, value_ids)))
        self.unnamed.append(node)
        words = [query.Word(text) for text in node.value.split()]
        return clauses.both(*(self.clause(word, scores=scores) for word in words))

    def _values_of(self, node: query.Field) -> list[FacetValue]:
        if node not in self.values:
            languages = languages_of_names(self.locales)
            self.values[node] = named_values.named(node.name, node.value, languages)
        return self.values[node]

    def _words_of(self, text: str) -> tuple[clauses.TermMatch, ...]:
        return self._words(text, as_written=self._is_as_written(text))

    def _words(self, text: str, *, as_written: bool) -> tuple[clauses.TermMatch, ...]:
        languages = self.scripts.languages_for(text)
        words = analyse_query(text, languages, as_written=as_written)
        with_names = not self.as_typed and not self.scripts.is_told(text)
        return tuple(_word(word, with_names=with_names) for word in words)

    def _is_as_written(self, text: str, beside: SequenceOf[str] = ()) -> bool:
        """Return whether *text* is read as in a text, not as what may be meant."""
        is_short = len(text) < SHORTEST and text.isascii()
        return self.as_typed or (is_short and not any(map(_is_latin_kazakh, beside)))

    def _add(self, leaf: ScoredTerm) -> int:
        self.leaves.append(leaf)
        return len(self.leaves) - 1


def _is_latin_kazakh(text: str) -> bool:
    """Return whether *text* is a word in Latin letters that is read as Kazakh.

    A word beside it may be Kazakh, too, even if it is short: `su` beside `tasqyny`.
    """
    if len(text) < SHORTEST or not _LATIN.search(text):
        return False
    words = analyse_query(text, ["kk"])
    return any(not one.term.exact.isascii() for w in words for one in w.alternatives)


def _word(word: QueryWord, *, with_names: bool) -> clauses.TermMatch:
    """Return the clause of *word*; *with_names* it matches names that sound alike."""
    terms = [alternative.term for alternative in word.alternatives]
    keys = {term.folded for term in terms if term.folded}
    if with_names:
        keys |= set(name_keys(word.surface))
    return clauses.TermMatch(
        exact=frozenset(cut(term.exact) for term in terms),
        stems=frozenset(cut(stem) for term in terms for stem in term.stems),
        folded=frozenset(map(cut, keys)),
        parts=tuple(_word(part, with_names=with_names) for part in word.parts),
    )


def _midnight(day: date | None) -> int | None:
    """Return the start of *day* in the site's time zone, in seconds since 1970."""
    if day is None:
        return None
    return int(timezone.make_aware(datetime.combine(day, time.min)).timestamp())
