"""The names of what Wagtail's first migration makes, in the site's language."""

from django.conf import settings
from django.utils.translation import gettext, override
from wagtail.models import Collection, Page, Task, Workflow

# As Wagtail's migrations have them.
APPROVAL = "Moderators approval"
ROOT = "Root"


def translate_first_names() -> None:
    """Name the first workflow and the roots of pages and collections in the site's
    language. What a newsroom has named since is left as it is."""
    with override(settings.LANGUAGE_CODE):
        approval, pages = gettext("Approval"), gettext("All pages")
        collection = gettext("Main collection")
    Workflow.objects.filter(name=APPROVAL).update(name=approval)
    Task.objects.filter(name=APPROVAL).update(name=approval)
    Page.objects.filter(depth=1, title=ROOT).update(title=pages, draft_title=pages)
    Collection.objects.filter(depth=1, name=ROOT).update(name=collection)
