"""Two saves of one page at once: the one that arrives later knows of the other.

Wagtail's editor posts a background save, and the form when a button is pressed. If the
server handles both at once, each reads which revision is the newest before the other
has written its own, and the older text can become the newest revision.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from newsroom.articles.models.article import ArticlePage
from newsroom.articles.models.names import LISTS
from newsroom.articles.refusals import PublicationRefused

# Of one list: Django's formsets refuse more.
MAX_ROWS = 1_000


def before_edit_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Handle a POST of the page editor in a transaction that locks the row of *page*.

    The view has read the page before this hook is called, so it is called again with
    the lock held. What was saved before a publication was refused is kept.
    """
    if request.method != "POST" or hasattr(request, "page_is_locked"):
        return None
    request.page_is_locked = True  # type: ignore[attr-defined]
    refused = None
    with transaction.atomic():
        Page.objects.select_for_update().filter(pk=page.pk).values_list("pk").first()
        if page.specific_class is ArticlePage:
            _drop_rows_posted_again(request, page.pk)
        try:
            return EditView.as_view()(request, page.pk)
        except PublicationRefused as error:
            refused = error
    raise refused


def _drop_rows_posted_again(request: HttpRequest, pk: int) -> None:
    """Take rows out of the stored draft's lists that the form posts as new ones.

    The form does not know the ids that a background save has given its rows until the
    answer comes; a button pressed before that would store them a second time. A create
    form that is posted again knows no ids at all: its lists are whole.
    """
    is_whole = hasattr(request, "creation")
    revision = Page.objects.get(pk=pk).latest_revision
    changed = {}
    for name in LISTS:
        if revision is None or f"{name}-TOTAL_FORMS" not in request.POST:
            continue
        rows = revision.content.get(name) or []
        field = ArticlePage._meta.get_field(name).related_model.entity_field
        ids, added = _posted_rows(request, name, field)
        kept = [
            row
            for row in rows
            if str(row["pk"]) in ids or not (is_whole or str(row[field]) in added)
        ]
        if len(kept) < len(rows):
            changed[name] = kept
    if changed:
        revision.content |= changed
        revision.save(update_fields=["content"])


def _posted_rows(
    request: HttpRequest, name: str, field: str
) -> tuple[set[str], set[str]]:
    """Return the ids of the rows of a list that have one, and the primary keys of the
    entities in those that have none."""
    total = request.POST.get(f"{name}-TOTAL_FORMS", "")
    count = min(int(total), MAX_ROWS) if total.isascii() and total.isdigit() else 0
    ids, added = set(), set()
    for number in range(count):
        row = f"{name}-{number}"
        if known := request.POST.get(f"{row}-id", ""):
            ids.add(known)
        else:
            added.add(request.POST.get(f"{row}-{field}", ""))
    return ids, added
