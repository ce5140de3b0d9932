"""Rows of lists and comments that the form posts a second time as new ones.

A background save stores the added rows, and its response tells the form their ids. If
the form is submitted before that response arrives, it posts the rows without ids again,
and they would be stored twice.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from wagtail.models import Comment, Page

from newsroom.articles.models.article import ArticlePage
from newsroom.articles.models.names import LISTS

# Rows of one list: Django's formsets refuse more.
MAX_ROWS = 1_000
COMMENTS = "comments"

# Pairs of the id of a stored row and the values that identify it.
Stored = Iterable[tuple[Any, tuple[str, ...]]]


def with_known_ids(
    data: QueryDict, pk: int, user: int | None, *, is_whole: bool
) -> QueryDict:
    """Return *data* of a page's form with the ids of rows that are stored already.

    The database is not changed: if the form is refused, all stored rows remain. It is
    not queried if the form knows the ids of all its rows, as most background saves do.

    Args:
        data: The posted data.
        pk: The primary key of the page.
        user: The id of the user who posted the form; comments of other users stay
            unchanged.
        is_whole: Whether the form is the create form of the page, posted again. It
            contains no ids, so stored rows that it lacks have been removed.
    """
    if not is_whole and _is_complete(data):
        return data
    data, page = data.copy(), Page.objects.get(pk=pk)
    if page.specific_class is ArticlePage and page.latest_revision:
        content = page.latest_revision.content
        for name in LISTS:
            field = ArticlePage._meta.get_field(name).related_model.entity_field
            rows = content.get(name) or []
            stored = [(row["pk"], (str(row[field]),)) for row in rows]
            _give_ids(data, name, [field], stored, is_whole)
    _give_ids_to_comments(data, page, user, is_whole)
    return data


def _is_complete(data: QueryDict) -> bool:
    """Return whether all posted rows have an id and are declared as stored."""
    replies = [f"{row}-replies" for row in _rows(data, COMMENTS)]
    return all(
        all(data.get(f"{row}-id") for row in rows)
        and _number(data, f"{prefix}-INITIAL_FORMS") >= len(rows)
        for prefix in [*LISTS, COMMENTS, *replies]
        if (rows := _rows(data, prefix))
    )


def _give_ids_to_comments(
    data: QueryDict, page: Page, user: int | None, is_whole: bool
) -> None:
    if not _rows(data, COMMENTS) and not is_whole:
        return
    draft = page.get_latest_revision_as_object()
    comments = {
        str(comment.pk): comment
        for comment in Comment.objects.filter(page=page, resolved_at=None)
        .order_by("pk")
        .prefetch_related("replies")
        if comment.has_valid_contentpath(draft)
    }
    own = [
        (pk, (comment.contentpath, comment.text))
        for pk, comment in comments.items()
        if comment.user_id == user
    ]
    _give_ids(data, COMMENTS, ["contentpath", "text"], own, is_whole)
    for row in _rows(data, COMMENTS):
        if comment := comments.get(data.get(f"{row}-id", "")):
            replies = [
                (reply.pk, (reply.text,))
                for reply in comment.replies.all()
                if reply.user_id == user
            ]
            _give_ids(data, f"{row}-replies", ["text"], replies, is_whole)


def _give_ids(
    data: QueryDict, prefix: str, names: list[str], stored: Stored, is_whole: bool
) -> None:
    """Add the ids of *stored* rows to the rows of a formset that lack them."""
    if f"{prefix}-TOTAL_FORMS" not in data:
        return
    rows = _rows(data, prefix)
    known = {data.get(f"{row}-id", "") for row in rows}
    left = {str(pk): key for pk, key in stored if str(pk) not in known}
    for row in rows:
        if data.get(f"{row}-id"):
            continue
        # Form fields strip surrounding spaces before the value is stored.
        key = tuple(data.get(f"{row}-{name}", "").strip() for name in names)
        found = next((pk for pk, other in left.items() if other == key), None)
        if found is not None:
            data[f"{row}-id"] = found
            del left[found]
    if is_whole:
        for number, pk in enumerate(left, start=len(rows)):
            data[f"{prefix}-{number}-id"] = pk
            data[f"{prefix}-{number}-DELETE"] = "on"
            rows.append(f"{prefix}-{number}")
    with_id = [n for n, row in enumerate(rows, start=1) if data.get(f"{row}-id")]
    initial = max([_number(data, f"{prefix}-INITIAL_FORMS"), *with_id])
    data[f"{prefix}-INITIAL_FORMS"] = str(initial)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))


def _rows(data: Mapping[str, str], prefix: str) -> list[str]:
    """Return the prefixes of the rows of a formset."""
    total = min(_number(data, f"{prefix}-TOTAL_FORMS"), MAX_ROWS)
    return [f"{prefix}-{number}" for number in range(total)]


def _number(data: Mapping[str, str], name: str) -> int:
    value = data.get(name, "")
    # Python raises an error for very long digit strings.
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
