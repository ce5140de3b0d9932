"""Title panel that fills in no other field."""

from typing import Any

from django.forms import TextInput
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

TITLE = _("Title")


def title_panel(*, placeholder: Promise = TITLE, **options: Any) -> FieldPanel:
    """Return a panel that looks like Wagtail's ``TitleFieldPanel``.

    Slugs are generated when a page is saved. Wagtail's panel raises an error in the
    browser at every key press if there is no field to fill in.
    """
    widget = TextInput(attrs={"placeholder": placeholder})
    return FieldPanel("title", classname="title", widget=widget, **options)
