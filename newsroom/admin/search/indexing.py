"""Content of the admin's search index: tokens of the fields of an object."""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import Any

from wagtail.coreutils import get_content_languages
from wagtail.models import Locale
from wagtail.search.index import AutocompleteField, BaseField

from .tokens import indexed_tokens, typed_tokens


class AnalysedObject:
    """Replacement of an object during indexing, with tokens as values of its fields.

    The fields of related objects are included as if they were its own.
    """

    def __init__(self, obj: Any, indexer: Any, locales: Mapping[int, str]) -> None:
        self.pk = obj.pk
        self._obj = obj
        self._indexer = indexer
        self._every = list(get_content_languages())
        own = locales.get(getattr(obj, "locale_id", None) or 0)
        self._languages = [own] if own else self._every

    def get_search_fields(self) -> list[BaseField]:
        return list(self._fields())

    def _fields(self) -> Iterator[BaseField]:
        for declared in self._indexer.search_fields:
            for prepared in self._indexer.prepare_field(self._obj, declared):
                field, text = copy(prepared[0]), prepared[-1]
                field.get_value = self._value(field, text)
                yield field

    def _value(self, field: BaseField, text: str) -> Any:
        tokens = indexed_tokens(text, self._languages)
        if isinstance(field, AutocompleteField):
            tokens += typed_tokens(text, self._every)
        value = " ".join(tokens)
        return lambda _: value


class AnalysedIndex:
    """Mixin for Wagtail's database indexes, used with the indexer of that database."""

    indexer_class: type[Any]
    backend: Any

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        """Index *objs* within the transaction of the caller."""
        locales = dict(Locale.objects.values_list("pk", "language_code"))
        analysed = [
            AnalysedObject(obj, self.indexer_class(obj, self.backend), locales)
            for obj in objs
        ]
        super().add_items(model, analysed)  # type: ignore[misc]

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Skip the title norms: each publication would read the whole index for them.

        The ranks account for short titles without them.
        """
