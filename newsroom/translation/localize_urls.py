"""wagtail-localize's own addresses, where it asks for less than the desk does.

They stand before its own in the admin, at the same places, and lead on to its views
where the desk would do the same.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import polib
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from wagtail.models import Page
from wagtail.snippets.permissions import get_permission_name
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import edit_translation
from wagtail_localize.views.update_translations import UpdateTranslationsView

from newsroom.translation.desk.access import may_edit
from newsroom.translation.permissions import may_publish, may_publish_version
from newsroom.translation.review.actions import is_editable
from newsroom.translation.sources import target_of

View = Callable[..., HttpResponse]


def _where_editable(view: View) -> View:
    """What is in review changes by its editors alone, here as on the desk."""

    @wraps(view)
    def guarded(request: HttpRequest, translation_id: int, **kwargs: Any) -> Any:
        translations = Translation.objects.select_related("source", "target_locale")
        translation = get_object_or_404(translations, pk=translation_id)
        page = target_of(translation)
        if page is not None and not is_editable(translation, page, request.user):
            raise PermissionDenied
        return view(request, translation_id=translation_id, **kwargs)

    return guarded


def _update(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """Publishing all translations is for those who may publish each of them, and having
    a machine fill them for those who may edit each: pages and others, existing or not.
    """
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    translations = source.translations.filter(enabled=True)
    chosen = translations.select_related("source", "target_locale")
    for field, may in (
        ("publish_translations", _may_publish_target),
        ("use_machine_translation", _may_edit_target),
    ):
        if field in request.POST and not all(may(request.user, one) for one in chosen):
            raise PermissionDenied
    return UpdateTranslationsView.as_view()(
        request, translation_source_id=translation_source_id
    )


def _may_publish_target(user: Any, translation: Translation) -> bool:
    target = _target(translation)
    if isinstance(target, Page):
        return may_publish(user, target)
    if target is not None:
        return _may_change_object(user, target)
    # wagtail-localize would create it, with the pages above it, and publish it.
    return may_publish_version(
        user, translation.source.object_id, translation.target_locale
    )


def _may_edit_target(user: Any, translation: Translation) -> bool:
    target = _target(translation)
    if isinstance(target, Page):
        return may_edit(user, target)
    return target is not None and _may_change_object(user, target)


def _may_change_object(user: Any, target: Any) -> bool:
    """Whether *user* may change a translated object that is no page."""
    return bool(user.has_perm(get_permission_name("change", type(target))))


def _target(translation: Translation) -> Any:
    try:
        return translation.get_target_instance()
    except ObjectDoesNotExist:
        return None


def _download(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Write a text that is repeated in its context once: msgfmt and other tools refuse
    a PO file with the same entry twice."""
    response: HttpResponse = edit_translation.download_pofile(request, translation_id)
    catalogue = polib.pofile(response.content.decode())
    written: set[tuple[str | None, str]] = set()
    for entry in list(catalogue):
        name = entry.msgctxt, entry.msgid
        if name in written:
            catalogue.remove(entry)
        written.add(name)
    response.content = str(catalogue).encode()
    return response


def _no_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """The archive has no alias pages: a version exists where someone translated it."""
    get_object_or_404(Page, pk=page_id)
    raise PermissionDenied


def _patterns() -> list[URLPattern]:
    translation = "localize/translate/<int:translation_id>"
    views = {
        f"{translation}/strings/<int:string_segment_id>/edit/": (
            edit_translation.edit_string_translation
        ),
        f"{translation}/overrides/<int:overridable_segment_id>/edit/": (
            edit_translation.edit_override
        ),
        f"{translation}/pofile/upload/": edit_translation.upload_pofile,
        f"{translation}/machine_translate/": edit_translation.machine_translate,
        f"{translation}/disable/": edit_translation.stop_translation,
    }
    return [
        *(path(route, _where_editable(view)) for route, view in views.items()),
        path(f"{translation}/pofile/download/", _download),
        path("localize/update/<int:translation_source_id>/", _update),
        path("localize/page/<int:page_id>/convert_to_alias/", _no_alias),
    ]


urlpatterns = _patterns()
