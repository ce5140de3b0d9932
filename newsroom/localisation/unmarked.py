"""Words of the admin that its packages do not mark for translation.

Wagtail has a few untranslated English words in its templates, and no verbose names for
a few models; the same is true of wagtail-localize. They are marked here, so that
``locale/admin`` can translate them like all other messages.
"""

from typing import Any

from django.apps import apps
from django.template import Origin
from django.template.loaders import app_directories
from django.utils.translation import gettext_lazy, pgettext_lazy

# Template name: (unmarked word, the text around it as a format string).
LITERALS = {
    "wagtailadmin/home.html": ("Search", 'value="{}"'),
    "wagtailadmin/shared/header.html": ("Search", 'value="{}"'),
    "wagtailadmin/shared/headers/_actions.html": ("Actions", 'aria-label="{}"'),
    "wagtailimages/chooser/results.html": ("Select", 'title="{} '),
}
# Values that Wagtail shows as Python writes them, such as None and True, or does not
# translate. Template name: (source text, replacement) pairs.
YES_NO = "Yes,No,Unknown"
# Wagtail puts a number before a noun, which would have to be declined.
DELETE_THEM = "Are you sure you want to delete them?"
COUNTED_SNIPPETS = (
    "{% blocktrans trimmed with snippet_type_name=model_opts.verbose_name_plural"
    " count=items|length|intcomma %}Are you sure you want to delete {{ count }}"
    " {{ snippet_type_name }}?{% endblocktrans %}"
)
VALUES = {
    "wagtailadmin/shared/user_avatar.html": [
        ("{{ user }}", '{{ user|default_if_none:"" }}'),
    ],
    "wagtailadmin/shared/side_panel_toggle.html": [
        ("{{ count|intcomma }}", "{{ count|default:0|intcomma }}"),
    ],
    "wagtailadmin/generic/inspect.html": [
        ("field.value|localize", 'field.value|default_if_none:"–"|localize'),
    ],
    "wagtailadmin/tables/boolean_cell.html": [
        ("value|stringformat:'s'", f'value|yesno:_("{YES_NO}")'),
    ],
    # The search over all pages passes no model name.
    "wagtailadmin/pages/listing/_page_title_column_header.html": [
        (
            "{% block after_label %}",
            '{% block after_label %}{% translate "pages" as any_pages %}'
            "{% firstof model_name any_pages as model_name %}",
        ),
    ],
    "wagtailusers/groups/includes/formatted_permissions.html": [
        (".perm.name }}", ".perm.shown_name }}"),
    ],
    "wagtailsnippets/bulk_actions/confirm_bulk_delete.html": [
        (
            "{{ items|length|intcomma }} {{ model_opts.verbose_name_plural|capfirst }}",
            "{{ model_opts.verbose_name_plural|capfirst }}: {{ items|length }}",
        ),
        (COUNTED_SNIPPETS, f'{{% translate "{DELETE_THEM}" %}}'),
    ],
    "wagtailusers/groups/confirm_delete.html": [
        ("group_name=group.name", 'group_name=group|stringformat:"s"'),
    ],
}
# Models whose own names, and those of their fields, are not marked; and those of these
# names that the admin shows. The context separates the source of a translation from the
# source of a news article.
CONTEXT = "translation"
NAMES = {"locale", "locales", "source", "target locale", "translation", "translations"}
MODELS = (
    "wagtail_localize.translation",
    "wagtail_localize.translationsource",
    "wagtailcore.locale",
)
# Forms of Wagtail's link dialogs, and their fields that lack a label.
LINK = "link"
LABELS = {
    "ExternalLinkChooserForm": {"link_text": "Link text"},
    "AnchorLinkChooserForm": {"link_text": "Link text"},
    "EmailLinkChooserForm": {
        "email_address": "Email address",
        "link_text": "Link text",
        "subject": "Subject",
        "body": "Body",
    },
    "PhoneLinkChooserForm": {
        "phone_number": "Phone number",
        "link_text": "Link text",
    },
}
# Replacements by static/js/unmarked_words.js for words that scripts write in English.
SCRIPTS = {"%(source)s to %(target)s translation", "Remove"}
# Labels for unlabelled fields that Wagtail's catalogues already contain.
PAGE, LOCALE = "Page", "Locale"
# Handsontable's context menu, by its own keys.
TABLE = "table editor"
TABLE_MENU = {
    "row_above": "Insert row above",
    "row_below": "Insert row below",
    "col_left": "Insert column left",
    "col_right": "Insert column right",
    "remove_row": "Remove row",
    "remove_col": "Remove column",
    "undo": "Undo",
    "redo": "Redo",
}
# For dates of wagtail-localize, whose months Python would write in English.
DATE_FORMAT = "%d.%m.%Y"


class Loader(app_directories.Loader):
    """Template loader for the packages' templates that marks their unmarked words."""

    def get_contents(self, origin: Origin) -> str:
        return mark_template(str(origin.template_name), super().get_contents(origin))


def mark_template(name: str, text: str) -> str:
    """Return *text*, the source of the template *name*, with its words marked."""
    if name in LITERALS:
        word, place = LITERALS[name]
        marked = place.format(f'{{% load i18n %}}{{% translate "{word}" %}}')
        text = text.replace(place.format(word), marked)
    for found, replacement in VALUES.get(name, ()):
        text = text.replace(found, replacement)
    return text


def mark_models() -> None:
    """Mark the names of :data:`MODELS` and of their fields for translation.

    Migrations are not affected: they are generated from the model's own code.
    """
    for label in MODELS:
        options = apps.get_model(label)._meta
        options.verbose_name = pgettext_lazy(CONTEXT, str(options.verbose_name))
        options.verbose_name_plural = pgettext_lazy(
            CONTEXT, str(options.verbose_name_plural)
        )
        for field in options.fields:
            field.verbose_name = pgettext_lazy(CONTEXT, str(field.verbose_name))


def mark_forms() -> None:
    """Set translatable labels for the fields of :data:`LABELS`."""
    from wagtail.admin.forms import choosers  # needs the models

    for form, labels in LABELS.items():
        fields = getattr(choosers, form).base_fields
        for name, label in labels.items():
            fields[name].label = pgettext_lazy(LINK, label)

    _mark_choices_of_pages()
    _mark_locale_filter(choosers.LocaleFilterMixin)


def _mark_choices_of_pages() -> None:
    from wagtail.admin.forms.workflows import WorkflowPagesFormSet
    from wagtail.users.forms import GroupPagePermissionFormSet

    for form in (WorkflowPagesFormSet.form, GroupPagePermissionFormSet.form):
        form.base_fields["page"].label = gettext_lazy(PAGE)


def _mark_locale_filter(mixin: Any) -> None:
    """Label the language field of choosers, which is created for each form instance."""
    create = mixin.__init__

    def create_labelled(form: Any, *args: Any, **kwargs: Any) -> None:
        create(form, *args, **kwargs)
        if "locale" in form.fields:
            form.fields["locale"].label = gettext_lazy(LOCALE)

    mixin.__init__ = create_labelled


def marked_table_menu(keys: list[str]) -> dict[str, Any]:
    """Return Handsontable's setting ``contextMenu`` for *keys*, with lazy labels."""
    items: dict[str, Any] = {}
    for number, key in enumerate(keys):
        if key in TABLE_MENU:
            items[key] = {"name": pgettext_lazy(TABLE, TABLE_MENU[key])}
        else:
            items[f"{key}{number}"] = key
    return {"items": items}


def mark_dates() -> None:
    """Make wagtail-localize write its dates in digits."""
    from wagtail_localize import compat, models

    compat.DATE_FORMAT = models.DATE_FORMAT = DATE_FORMAT


def unmarked_messages(domain: str) -> set[tuple[str | None, str]]:
    """Return the (context, message) pairs marked here for a gettext *domain*."""
    if domain == "djangojs":
        return {(None, text) for text in SCRIPTS}
    words: set[tuple[str | None, str]] = set()
    words |= {(None, word) for word, _place in LITERALS.values()}
    words |= {(CONTEXT, name) for name in NAMES}
    words |= {(None, text) for text in (YES_NO, PAGE, LOCALE, DELETE_THEM)}
    words |= {(TABLE, text) for text in TABLE_MENU.values()}
    return words | {(LINK, label) for one in LABELS.values() for label in one.values()}
