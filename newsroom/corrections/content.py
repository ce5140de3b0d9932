"""What of an article is kept of each publication, and the article made of it again."""

import json
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_relations

from newsroom.articles.models import ArticlePage
from newsroom.corrections.models import PublishedVersion

# What an article has of the page it is, beside the fields of its own.
PAGE_FIELDS = ("title",)
# Not what an article says: the keys of its rows, and their place among all rows.
KEYS = {"pk", "article", "page_ptr"}
# The current page gives these to what is made of an earlier version.
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
    """The lists of an article: its authors, topics …"""
    return [
        relation.get_accessor_name()
        for relation in get_all_child_relations(ArticlePage)
        if relation.related_model._meta.app_label == ArticlePage._meta.app_label
    ]


def content_of(article: ArticlePage) -> dict[str, Any]:
    """Return what readers see of *article*, as JSON: nothing of drafts, of comments
    or of who works on it."""
    return content_from(article.serializable_data())


def content_from(serialised: dict[str, Any]) -> dict[str, Any]:
    """Return what readers see of an article that was serialised: by itself, or in one
    of its revisions."""
    fields = [field.name for field in ArticlePage._meta.local_fields]
    content = {
        name: serialised[name]
        for name in (*PAGE_FIELDS, *fields)
        if name in serialised and name not in KEYS
    }
    body = ArticlePage._meta.get_field("body")
    # A block may add to a value that it is given, such as the headers of a table.
    content["body"] = body.get_prep_value(body.to_python(content.get("body", "[]")))
    for relation in own_relations():
        content[relation] = [
            {name: value for name, value in row.items() if name not in KEYS}
            for row in serialised.get(relation, [])
        ]
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def digest(content: dict[str, Any]) -> str:
    """A fingerprint of what *content* says, whatever its blocks and rows are called."""
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
    """Return *article* as *version* has it, at its present address.

    What has been deleted since, a picture or a person, is left out. The object is for
    showing only.
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
