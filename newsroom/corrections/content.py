"""The stored content of a published version, and the article restored from it."""

import json
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_relations

from newsroom.articles.models import ArticlePage
from newsroom.corrections.models import PublishedVersion

# The fields of the Page model that are part of the content.
PAGE_FIELDS = ("title",)
# Keys of rows and their parents, which are not part of the content.
KEYS = {"pk", "article", "page_ptr"}
# Fields that versions from before a new release lack: left out while they are empty, so
# that the content of an unchanged article stays the same.
LATER_FIELDS = {"orthography"}
# Attributes that a restored earlier version takes from the current page.
CURRENT = (
    "path",
    "depth",
    "numchild",
    "url_path",
    "slug",
    "locale_id",
    "translation_key",
    "content_type_id",
    "live",
    "first_published_at",
    "last_published_at",
)


def own_relations() -> list[str]:
    """Return the names of an article's lists of entities, for example authors."""
    return [
        relation.get_accessor_name()
        for relation in get_all_child_relations(ArticlePage)
        if relation.related_model._meta.app_label == ArticlePage._meta.app_label
    ]


def content_of(article: ArticlePage) -> dict[str, Any]:
    """Return what readers see of *article*, as JSON.

    Drafts, comments and editors are not included.
    """
    return content_from(article.serializable_data())


def content_from(serialised: dict[str, Any]) -> dict[str, Any]:
    """Return what readers see of a serialised article or revision."""
    fields = [field.name for field in ArticlePage._meta.local_fields]
    content = {
        name: serialised[name]
        for name in (*PAGE_FIELDS, *fields)
        if name in serialised
        and name not in KEYS
        and (serialised[name] or name not in LATER_FIELDS)
    }
    body = ArticlePage._meta.get_field("body")
    # A block may add to a stored value, for example the header settings of a table.
    content["body"] = body.get_prep_value(body.to_python(content.get("body", "[]")))
    for relation in own_relations():
        content[relation] = [
            {name: value for name, value in row.items() if name not in KEYS}
            for row in serialised.get(relation, [])
        ]
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def digest(content: dict[str, Any]) -> str:
    """Return a hash of *content* that does not depend on the ids of blocks and rows."""
    plain = {name: _plain(name, value) for name, value in content.items()}
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _plain(name: str, value: Any) -> Any:
    if name == "body":
        return _without(value, "id")
    return _without(value, "sort_order")


def _without(value: Any, key: str) -> Any:
    if isinstance(value, list):
        return [_without(item, key) for item in value]
    if isinstance(value, dict):
        return {name: _without(v, key) for name, v in value.items() if name != key}
    return value


def article_at(article: ArticlePage, version: PublishedVersion) -> ArticlePage:
    """Return *article* with the content of *version*, at its present URL.

    References to images, people and other objects deleted since are left out. The
    object is for display only.
    """
    data = {"pk": article.pk, **version.content}
    for relation in own_relations():
        rows = [{"pk": None, **row} for row in data.get(relation, [])]
        data[relation] = rows
    then = ArticlePage.from_serializable_data(data, check_fks=False)
    for name in CURRENT:
        setattr(then, name, getattr(article, name))
    for field in ArticlePage._meta.local_fields:
        key = getattr(then, field.attname) if field.many_to_one else None
        if key is not None:
            found = field.related_model._default_manager.filter(pk=key).first()
            setattr(then, field.name, found)
    return then
