"""URLs of wagtail-localize with stricter permissions, equal to those of the desk.

The patterns have the same paths as those of wagtail-localize and are registered before
them in the admin. Each view checks the permission and then calls the original view.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

import polib
from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    ValidationError,
)
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import DraftStateMixin, Page
from wagtail.snippets.permissions import get_permission_name
from wagtail_localize.models import (
    CannotSaveDraftError,
    Translation,
    TranslationSource,
)
from wagtail_localize.views import edit_translation
from wagtail_localize.views.update_translations import UpdateTranslationsView

from newsroom.access.permissions import may_publish
from newsroom.access.users import AnyUser
from newsroom.articles.refusals import reasons_of
from newsroom.translation.permissions import may_edit, may_publish_version
from newsroom.translation.sources import target_of
from newsroom.translation.status.review import is_editable

View = Callable[..., HttpResponse]


def _where_editable(view: View) -> View:
    """Make a view of wagtail-localize raise PermissionDenied as the desk does.

    While a translation is in review, only its reviewers may change it.
    """

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
    """Check the permission for every translation before wagtail-localize updates them.

    Publication needs the permission to publish each target, and machine translation the
    permission to edit each target. Targets may be pages or other objects, and may not
    exist yet.
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
    wants_publication = request.POST.get("publish_translations")
    if wants_publication:  # done below, so that a refused one does not stop the others
        posted = request.POST.copy()
        del posted["publish_translations"]
        request.POST = posted  # type: ignore[assignment]
    response: HttpResponse = UpdateTranslationsView.as_view()(
        request, translation_source_id=translation_source_id
    )
    if wants_publication and response.status_code == HTTPStatus.FOUND:
        for translation in chosen.all():
            _publish(request, translation)
    return response


def _publish(request: HttpRequest, translation: Translation) -> None:
    """Publish the target of *translation*, or show a message why it is refused."""
    try:
        with transaction.atomic():
            translation.save_target(user=request.user, publish=False)
            target = translation.get_target_instance()
            if isinstance(target, DraftStateMixin):
                revision = target.get_latest_revision()
                revision.publish(user=request.user)
    except CannotSaveDraftError:  # objects without drafts change at once
        translation.save_target(user=request.user, publish=True)
    except (ValidationError, PermissionDenied) as error:
        text = _("“%(page)s” was not published: %(reasons)s") % {
            "page": f"{translation.source.object_repr} ({translation.target_locale})",
            "reasons": " ".join(reason.text for reason in reasons_of(error)),
        }
        messages.error(request, text)


def _may_publish_target(user: AnyUser, translation: Translation) -> bool:
    target = _target(translation)
    if isinstance(target, Page):
        return may_publish(user, target)
    if target is not None:
        return _may_change_object(user, target)
    # wagtail-localize would create the page and its ancestors, and publish it.
    return may_publish_version(
        user, translation.source.object_id, translation.target_locale
    )


def _may_edit_target(user: AnyUser, translation: Translation) -> bool:
    target = _target(translation)
    if isinstance(target, Page):
        return may_edit(user, target)
    return target is not None and _may_change_object(user, target)


def _may_change_object(user: AnyUser, target: Any) -> bool:
    """Return whether *user* may change a translated object that is not a page."""
    return bool(user.has_perm(get_permission_name("change", type(target))))


def _target(translation: Translation) -> Any:
    try:
        return translation.get_target_instance()
    except ObjectDoesNotExist:
        return None


def _download(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Return the PO file with each entry once.

    wagtail-localize repeats the entry of a text that is repeated in its context; msgfmt
    and other tools refuse a PO file with duplicate entries.
    """
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
    """Refuse the conversion to an alias; raise Http404 if there is no such page.

    The archive has no alias pages: a version exists only where it was translated.
    """
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
