"""Lazy translation of texts that packages translate once, at import or first use.

Otherwise, all users would read them in the site's language, or in that of the first
user. A test searches the installed packages for such texts.
"""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

HOME = "Home"
CHOOSER = {
    "choose_one_text": "Choose",
    "choose_another_text": "Choose another",
    "edit_item_text": "Edit",
    "search_tab_label": "Search",
    "create_action_label": "Create",
}
IMAGE_INSERTION = {
    "format": "Format",
    "image_is_decorative": "Image is decorative",
    "alt_text": "Alt text",
}
IMAGE_URL = {
    "filter_method": "Filter",
    "width": "Width",
    "height": "Height",
    "closeness": "Closeness",
}
FILTERS = {
    "original": "Original size",
    "width": "Resize to width",
    "height": "Resize to height",
    "min": "Resize to min",
    "max": "Resize to max",
    "fill": "Resize to fill",
}
IMAGE_RIGHTS = {
    "add_image": ("Add", "Add/edit images you own"),
    "change_image": ("Edit", "Edit any image"),
    "choose_image": ("Choose", "Select images in choosers"),
}
COLLECTION_RIGHTS = {
    "add_collection": ("Add", "Add collections"),
    "change_collection": ("Edit", "Edit collections"),
    "delete_collection": ("Delete", "Delete collections"),
}
COLLECTION = "Collection"
REDIRECT_TYPE = ("Type", "Permanent", "Temporary", "All")
REDIRECT_COLUMNS = {
    "old_path": "From",
    "site": "Site",
    "link": "To",
    "get_is_permanent_display": "Type",
}
TASK = {"comment": "Comment"}


def translate_late() -> None:
    """Replace the texts by lazy translations."""
    from wagtail.admin.viewsets.chooser import ChooserViewSet
    from wagtail.contrib.redirects.views import IndexView as RedirectList
    from wagtail.forms import TaskStateCommentForm
    from wagtail.images.forms import ImageInsertionForm, URLGeneratorForm
    from wagtail.snippets.views.snippets import SnippetViewSet

    # A viewset passes its breadcrumbs to its views only once.
    home = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy(HOME)}
    SnippetViewSet.breadcrumbs_items = [home]
    for name, text in CHOOSER.items():
        setattr(ChooserViewSet, name, gettext_lazy(text))
    _label(ImageInsertionForm, IMAGE_INSERTION)
    _label(URLGeneratorForm, IMAGE_URL)
    _label(TaskStateCommentForm, TASK)
    filters: Any = URLGeneratorForm.base_fields["filter_method"]
    filters.choices = [(name, gettext_lazy(text)) for name, text in FILTERS.items()]
    RedirectList.export_headings = {
        name: gettext_lazy(text) for name, text in REDIRECT_COLUMNS.items()
    }
    _translate_rights()
    _translate_redirect_types()


def _label(form: Any, labels: dict[str, str]) -> None:
    for name, text in labels.items():
        form.base_fields[name].label = gettext_lazy(text)


def _translate_rights() -> None:
    from wagtail.admin.forms.collections import (
        GroupCollectionManagementPermissionFormSet,
    )
    from wagtail.documents.forms import GroupDocumentPermissionFormSet
    from wagtail.images.forms import GroupImagePermissionFormSet

    for formset, rights in (
        (GroupImagePermissionFormSet, IMAGE_RIGHTS),
        (GroupCollectionManagementPermissionFormSet, COLLECTION_RIGHTS),
    ):
        # Change the list in place: the formset's form uses the same list.
        formset.permission_types[:] = [
            (code, *map(gettext_lazy, texts)) for code, texts in rights.items()
        ]
        _label(formset.form, {"collection": COLLECTION})
    _label(GroupDocumentPermissionFormSet.form, {"collection": COLLECTION})


def _translate_redirect_types() -> None:
    from wagtail.contrib.redirects.filters import RedirectsReportFilterSet

    kind, permanent, temporary, every = map(gettext_lazy, REDIRECT_TYPE)
    filter_ = RedirectsReportFilterSet.base_filters["is_permanent"]
    filter_.label = kind
    filter_.extra["choices"] = ((True, permanent), (False, temporary))
    filter_.extra["empty_label"] = every


def late_texts() -> set[str]:
    """Return all texts that are replaced by lazy translations."""
    rights = [*IMAGE_RIGHTS.values(), *COLLECTION_RIGHTS.values()]
    tables = (CHOOSER, IMAGE_INSERTION, IMAGE_URL, FILTERS, REDIRECT_COLUMNS, TASK)
    return {
        HOME,
        COLLECTION,
        *REDIRECT_TYPE,
        *(text for table in tables for text in table.values()),
        *(text for pair in rights for text in pair),
    }
