"""The archive's index of record, and what is derived from it."""

from django.db import models

from search.packing import unpack


def _terms() -> models.TextField[str, str]:
    """A column of terms with a space between them, in the order of the text."""
    return models.TextField(editable=False, default="")


class Entry(models.Model):
    """One live article in one language: its text for excerpts, its terms to be found.

    Written in the transaction that publishes. Triggers of the database carry term
    columns, marks and facets into the index of the database's own engine, so that a
    roll-back takes the index back with it. ``published`` is ``published_at`` in
    seconds since 1970, ``seq`` the number of the entry's last change in the log, and
    ``facet_values`` the numbers of its facet values, packed.
    """

    key = models.CharField(max_length=100, unique=True)
    group = models.CharField(max_length=100, db_index=True)
    locale = models.CharField(max_length=20, db_index=True)
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
    def value_ids(self) -> list[int]:
        """The numbers of the entry's facet values."""
        return list(unpack(self.facet_values))


class FacetValue(models.Model):
    """Something that entries are filtered by, with its names by language code.

    ``names`` are the folded words of all of them, between spaces; ``entries`` is how
    many entries have it, as of the last absorbed change.
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
        """The name in *locale*, or else in any language, or else the key."""
        return self.labels.get(locale) or next(iter(self.labels.values()), self.key)


class ValueName(models.Model):
    """A facet value as readers of one language meet it in lists of the archive.

    ``name`` is the value's own in that language, or else in any. ``entries`` is how
    many entries of the language have it, as of the last absorbed change; ``letter``
    and ``sort_key`` are those of :mod:`search.alphabet`.
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
    """One line of the change log: the entry with this key was written or removed.

    On PostgreSQL numbers are given before their lines are seen. When all transactions
    with numbers below ``horizon`` are over, no line before this one can come any more.
    """

    seq = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=100)
    removed = models.BooleanField(default=False)
    horizon = models.BigIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.seq}: {'-' if self.removed else '+'}{self.key}"


class ReplicaState(models.Model):
    """What the worker last said of an index: how far it has come, what hinders it."""

    index = models.CharField(max_length=255, unique=True)
    seq = models.BigIntegerField(default=0)
    error = models.CharField(max_length=1000, blank=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.index} at {self.seq}"


class PoisonDocument(models.Model):
    """An entry that the replica refuses, as of its change number ``seq``, and why."""

    key = models.CharField(max_length=100, unique=True)
    seq = models.BigIntegerField()
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"


class PendingCount(models.Model):
    """What a change adds to or takes from the vocabulary, until it is absorbed.

    ``counts`` is ``{locale: {kind: {term: ±1 or [±1, shown]}}}``; see
    :mod:`search.vocabulary`.
    """

    key = models.CharField(max_length=100)
    counts = models.JSONField()

    def __str__(self) -> str:
        return self.key


class VocabularyTerm(models.Model):
    """In how many entries of a language a term stands.

    Kinds are ``stem``, ``prefix`` and ``total`` (the number of entries, and of words
    by zone). ``folded`` is the stem's key in any script, ``shown`` a word that has it.
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
    """What a reader who types the beginning ``folded`` may mean.

    ``owner`` names what it belongs to (an entry, a facet value, a term). The three
    beginnings are columns of their own, each with an index that ends in the weight:
    the best of many thousand that begin with one letter are read off it.
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


class Equivalent(models.Model):
    """The same thing said in several languages: a name, a term of the newsroom.

    Rows with one ``group`` mean the same. ``folded`` are the folded terms of ``text``.
    """

    group = models.CharField(max_length=100, db_index=True)
    locale = models.CharField(max_length=20)
    text = models.CharField(max_length=300)
    folded = models.CharField(max_length=300, db_index=True)

    def __str__(self) -> str:
        return f"{self.text} ({self.locale})"
