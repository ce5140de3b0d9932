"""Translation of the names of objects that Wagtail's first migrations create."""

from django.conf import settings
from django.utils.translation import gettext, override
from wagtail.models import Collection, Page, Task, Workflow

# The names in Wagtail's migrations.
APPROVAL = "Moderators approval"
ROOT = "Root"


def translate_first_names() -> None:
    """Translate the names of the first workflow and the root page and collection.

    They are translated into the site's language. Names that a newsroom has changed are
    kept.
    """
    with override(settings.LANGUAGE_CODE):
        approval, pages = gettext("Approval"), gettext("All pages")
        collection = gettext("Main collection")
    Workflow.objects.filter(name=APPROVAL).update(name=approval)
    Task.objects.filter(name=APPROVAL).update(name=approval)
    Page.objects.filter(depth=1, title=ROOT).update(title=pages, draft_title=pages)
    Collection.objects.filter(depth=1, name=ROOT).update(name=collection)
