"""The search index and the tables derived from it."""

from dataclasses import dataclass

from django.db import models

from search.packing import unpack


def _terms() -> models.TextField[str, str]:
    """Return a column of space-separated terms, in text order."""
    return models.TextField(editable=False, default="")


class Entry(models.Model):
    """One live article in one language: text for excerpts, terms for searching.

    Entries are written in the publishing transaction. Database triggers copy the term
    columns, ``marks`` and facets into the index of the database engine, so that a
    rollback also reverts the index. ``published`` is ``published_at`` in seconds since
    1970. ``seq`` is the sequence number of the entry's last change. ``facet_values``
    are the packed ids of its facet values. ``tag`` is that of :class:`.IndexDocument`.
    """

    key = models.CharField(max_length=100, unique=True)
    group = models.CharField(max_length=100, db_index=True)
    locale = models.CharField(max_length=20, db_index=True)
    tag = models.CharField(max_length=35, blank=True, default="")
    url = models.CharField(max_length=2000)
    title = models.TextField()
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    names = models.TextField(blank=True)
    published_at = models.DateTimeField(db_index=True)
    published = models.BigIntegerField(default=0, editable=False)
    seq = models.BigIntegerField(default=0, db_index=True, editable=False)
    facet_values = models.BinaryField(default=b"")
    marks = _terms()

    title_exact = _terms()
    title_stems = _terms()
    title_folded = _terms()
    lead_exact = _terms()
    lead_stems = _terms()
    lead_folded = _terms()
    names_exact = _terms()
    names_stems = _terms()
    names_folded = _terms()
    body_exact = _terms()
    body_stems = _terms()
    body_folded = _terms()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["locale", "published"], name="search_in_time")]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    @property
    def written_in(self) -> str:
        """The language tag by which title, lead and body are read."""
        return self.tag or self.locale

    @property
    def value_ids(self) -> list[int]:
        """The ids of the entry's facet values."""
        return list(unpack(self.facet_values))


class FacetValue(models.Model):
    """A value that entries can be filtered by, with its names by language code.

    ``names`` holds the folded words of all names, between spaces. ``entries`` is the
    number of entries with the value, as of the last applied delta.
    """

    facet = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    labels = models.JSONField(default=dict)
    names = models.TextField(default="", editable=False)
    entries = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facet", "key"], name="search_facet_value")
        ]

    def __str__(self) -> str:
        return f"{self.facet}:{self.key}"

    def label(self, locale: str) -> str:
        """Return the name in *locale*, or else in any language, or else the key."""
        label: str = self.labels.get(self.label_language(locale), self.key)
        return label

    def label_language(self, locale: str) -> str:
        """Return the language of that name, an empty string for the key."""
        return locale if self.labels.get(locale) else next(iter(self.labels), "")


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a facet value, and the language that the name is in."""

    text: str
    language: str

    @classmethod
    def of(cls, value: FacetValue, locale: str) -> "Name":
        """Return the name of *value* for readers of *locale*."""
        return cls(value.label(locale), value.label_language(locale))


class FacetName(models.Model):
    """A facet value as listed to the readers of one language.

    ``name`` is the value's name in that language, or else in any. ``entries`` is the
    number of entries in that language with the value, as of the last applied delta.
    ``letter`` and ``sort_key`` are those of :mod:`search.alphabet`.
    """

    value = models.ForeignKey(FacetValue, models.CASCADE, related_name="+")
    facet = models.CharField(max_length=20)
    locale = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    letter = models.CharField(max_length=1)
    sort_key = models.CharField(max_length=250)
    entries = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["value", "locale"], name="search_value_name"
            )
        ]
        indexes = [
            models.Index(
                fields=["facet", "locale", "sort_key"], name="search_name_order"
            ),
            models.Index(
                fields=["facet", "locale", "-entries"], name="search_name_count"
            ),
            models.Index(
                fields=["facet", "locale", "letter"], name="search_name_letter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facet}/{self.locale}: {self.name}"


class Change(models.Model):
    """One row of the change log: the entry with this key was written or removed.

    On PostgreSQL, sequence numbers are assigned before commit. Once all transactions
    with ids below ``horizon`` have ended, no row with a lower sequence number can
    appear.
    """

    seq = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=100)
    removed = models.BooleanField(default=False)
    horizon = models.BigIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.seq}: {'-' if self.removed else '+'}{self.key}"


class ReplicaState(models.Model):
    """The last reported state of a replica index: its position and its error."""

    index = models.CharField(max_length=255, unique=True)
    seq = models.BigIntegerField(default=0)
    error = models.CharField(max_length=1000, blank=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.index} at {self.seq}"


class RejectedDocument(models.Model):
    """A document that the replica rejected, at its change ``seq``, and the reason."""

    key = models.CharField(max_length=100, unique=True)
    seq = models.BigIntegerField()
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"


class PendingCount(models.Model):
    """A pending delta of the term statistics, which a change adds or subtracts.

    ``counts`` is ``{locale: {kind: {term: ±1 or [±1, shown]}}}``; see
    :mod:`search.index.term_statistics`.
    """

    key = models.CharField(max_length=100)
    counts = models.JSONField()

    def __str__(self) -> str:
        return self.key


class TermStatistic(models.Model):
    """The number of entries of a language that contain a term.

    Kinds are ``stem``, ``prefix`` and ``total`` (the number of entries, and of words by
    field). ``folded`` is the stem's key in any script, ``shown`` a word that has it.
    """

    locale = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=100)
    folded = models.CharField(max_length=100, default="")
    shown = models.CharField(max_length=100, default="")
    entries = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "kind", "text"], name="search_vocabulary_term"
            )
        ]
        indexes = [
            models.Index(fields=["locale", "kind", "folded"], name="search_voc_folded")
        ]

    def __str__(self) -> str:
        return f"{self.locale}/{self.kind}/{self.text}: {self.entries}"


class Completion(models.Model):
    """A completion for typed text that starts with ``folded``.

    ``owner`` identifies its source (an entry, a facet value, a term). The first one,
    two and three characters are columns of their own. Each has an index that ends in
    the weight, so that the best of many thousand completions are read directly from the
    index.
    """

    owner = models.CharField(max_length=130, db_index=True)
    kind = models.CharField(max_length=10)
    locale = models.CharField(max_length=20)
    folded = models.CharField(max_length=100)
    first = models.CharField(max_length=1)
    first_two = models.CharField(max_length=2)
    first_three = models.CharField(max_length=3)
    text = models.CharField(max_length=300)
    target = models.CharField(max_length=2000, blank=True)
    weight = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["kind", "locale", column, "-weight"], name=f"search_comp_{n}"
            )
            for n, column in enumerate(["first", "first_two", "first_three"], start=1)
        ] + [models.Index(fields=["kind", "locale", "folded"], name="search_comp_4")]

    def __str__(self) -> str:
        return f"{self.folded} → {self.text}"


class Synonym(models.Model):
    """One text of a group of synonyms: a name, or a term of the newsroom.

    Rows with the same ``group`` are synonyms. ``folded`` are the folded terms of
    ``text``.
    """

    group = models.CharField(max_length=100, db_index=True)
    locale = models.CharField(max_length=20)
    text = models.CharField(max_length=300)
    folded = models.CharField(max_length=300, db_index=True)

    def __str__(self) -> str:
        return f"{self.text} ({self.locale})"
