"""Base class of all pages that exist in several languages."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale, Page, PageViewRestriction, Revision
from wagtail_localize.models import Translation

from newsroom.access.users import AnyUser
from newsroom.articles.draft_saves import LiveTextError, are_drafts_saved
from newsroom.articles.forms import CopyWithoutAliasForm, LanguageVersionForm
from newsroom.articles.permissions import VersionPermissionTester
from newsroom.articles.publishing import page_saved
from newsroom.articles.refusals import PublicationRefused, reasons_of
from newsroom.articles.slugs import latin_slug
from newsroom.sanitising.plain_fields import clean_plain_fields
from newsroom.transliteration.editions import (
    LANGUAGE,
    LANGUAGE_NAME,
    SCRIPT_EDITIONS,
    edition_at,
)
from newsroom.transliteration.markup import convert_page

SCHEDULE_FIELDS = ("go_live_at", "expire_at")


def synchronised_translations(page: Page) -> QuerySet[Translation]:
    """Return a queryset of the enabled translation that has *page* as its target.

    It is empty if *page* is an original, or if its translation was stopped and the page
    is edited by hand.
    """
    return Translation.objects.filter(
        source__object_id=page.translation_key,
        target_locale=page.locale_id,
        enabled=True,
    )


class LocalizedPage(Page):
    """A page that is one language version of a document.

    Slugs are readable Latin text. A version that is copied from another language starts
    with the slug of the original; until it is published, its slug then follows its own
    title.
    """

    base_form_class = LanguageVersionForm
    copy_form_class = CopyWithoutAliasForm
    # Slugs that would conflict with URLs of the site itself.
    reserved_slugs: frozenset[str] = frozenset()
    # True on an instance that is saved only to copy synchronised fields from its
    # original: the live text stays unchanged.
    keeps_text = False
    # True on an instance that was just read and has no view restriction, neither itself
    # nor through an ancestor (newsroom.articles.routing).
    is_known_public = False
    # Fields that a translation does not take over from its original.
    fields_of_one_version: ClassVar[tuple[str, ...]] = SCHEDULE_FIELDS

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        clean_plain_fields(self)
        self.set_readable_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        clean_plain_fields(self)
        self.set_readable_slug()
        super().minimal_clean()

    def clean(self) -> None:
        super().clean()
        if self.slug in self.reserved_slugs:  # type: ignore[has-type]
            raise ValidationError({"slug": _("The site itself uses this address.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page and run the steps of :mod:`newsroom.articles.publishing`.

        Raises LiveTextError if a full save would replace the live text of a translation
        without publishing a revision. wagtail-localize makes such a save before it
        creates the revision of a draft (see ``drafts_saved``): then only the title of
        the draft is written, and the revision holds the text.
        """
        if kwargs.get("update_fields") is None and self._is_draft_of_live_translation():
            self._save_draft_title()
            return
        with transaction.atomic():
            old = Page.objects.filter(pk=self.pk).values_list("url_path", flat=True)
            old_path = old.first() if self.pk else None
            super().save(*args, **kwargs)
            page_saved(
                self,
                kwargs.get("update_fields"),
                url_changed=bool(old_path and old_path != self.url_path),
            )

    def _save_draft_title(self) -> None:
        if not are_drafts_saved():
            raise LiveTextError(
                f"Publish a revision of page {self.pk} instead of saving it: it is a "
                "live translation, and its text may change only by publication."
            )
        self.draft_title = self.title
        super().save(clean=False, update_fields=["draft_title"])

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Publish *revision*.

        Raises PublicationRefused if its content cannot be made live; other errors of
        Wagtail are passed on.
        """
        try:
            return super().publish(revision, *args, **kwargs)
        except PublicationRefused:
            raise
        except ValidationError as error:
            raise PublicationRefused(reasons_of(error, self)) from error

    def _is_draft_of_live_translation(self) -> bool:
        """Return whether this instance holds a draft of a translation that is live.

        A live translation may change only by publication, which sets
        ``live_revision``.
        """
        return (
            self.names_live_revision
            and self.is_shown_already()
            and synchronised_translations(self).exists()
        )

    @property
    def names_live_revision(self) -> bool:
        """Whether the page is live, or about to be, and has a live revision."""
        return bool(self.pk and self.live and self.live_revision_id)

    def is_shown_already(self) -> bool:
        """Return whether the database has the same live revision. Runs one query."""
        shown = Page.objects.filter(pk=self.pk, live=True)
        return shown.filter(live_revision=self.live_revision_id).exists()

    def set_readable_slug(self) -> None:
        """Set a Latin slug from the title unless the page has a slug of its own."""
        parent_is_known = self.path or getattr(self, "_cached_parent_obj", None)
        has_own_slug = self.slug and not self._has_borrowed_slug()  # type: ignore[has-type]
        if not parent_is_known or has_own_slug:
            return
        if slug := latin_slug(self.title, self.orthography_of_title()):
            slug = f"{slug}-1" if slug in self.reserved_slugs else slug
            self.slug = self._get_autogenerated_slug(slug)

    def orthography_of_title(self) -> str:
        """Return the tag of the title's orthography, "" if its letters tell it."""
        return ""

    def _has_borrowed_slug(self) -> bool:
        if self.first_published_at or not self.pk:
            return False
        return (
            Page.objects.filter(translation_key=self.translation_key, slug=self.slug)
            .exclude(pk=self.pk)
            .exists()
        )

    def copy_for_translation(
        self,
        locale: Locale,
        copy_parents: bool = False,
        alias: bool = False,
        exclude_fields: list[str] | None = None,
    ) -> Page:
        """Copy this page into *locale* as an independent draft, never as an alias.

        With *copy_parents*, sections that are missing in the language are copied as
        drafts too, for an editor to translate. ``fields_of_one_version`` are not
        copied. One of them is the schedule: a translation is published by its release,
        and expires with its original.
        """
        return super().copy_for_translation(
            locale,
            copy_parents=copy_parents,
            alias=False,
            exclude_fields=[*(exclude_fields or ()), *self.fields_of_one_version],
        )

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Preview modes of the page; a Kazakh page has one for each script edition."""
        if self.locale.language_code != LANGUAGE:
            return super().preview_modes
        scripts = [(edition.prefix, edition.name) for edition in SCRIPT_EDITIONS]
        return [("", LANGUAGE_NAME), *scripts]

    def get_view_restrictions(self) -> "QuerySet[PageViewRestriction]":
        """Return the restrictions of the page and its ancestors.

        Runs no query for a page that is known to have none.
        """
        if self.is_known_public:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def permissions_for_user(self, user: AnyUser) -> "VersionPermissionTester":
        """Return a tester with stricter rules for deletion than Wagtail's.

        It applies to every view, bulk action and API call that deletes pages.
        """
        return VersionPermissionTester(user, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Preview the page in its own language instead of the editor's.

        ``mode_name`` is the URL prefix of a script edition; any other value shows the
        page in its original script.
        """
        edition = edition_at(f"/{mode_name}") if mode_name in _modes(self) else None
        if edition:
            request.script_edition = edition  # type: ignore[attr-defined]
        with override(self.locale.language_code):
            response = super().serve_preview(request, mode_name)
            if hasattr(response, "render"):
                response.render()
        if edition:
            text = response.content.decode(response.charset)
            page = convert_page(text, edition, request.get_host())
            response.content = page.encode(response.charset)
        return response


def _modes(page: LocalizedPage) -> set[str]:
    return {name for name, _label in page.preview_modes}
