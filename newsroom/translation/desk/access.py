"""Who sees what on the translation desk, as Wagtail's page permissions say.

Only what is cached with the user and what a row has joined is read, so that a list of
any length costs the same number of queries.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from newsroom.access.roles import HOME_DEPTH
from newsroom.articles.models import SectionPage
from newsroom.translation.machine.drafting import machine_name
from newsroom.translation.models import VersionState

WORK = {"add", "change", "publish"}


def may_see_desk(user: Any) -> bool:
    return PagePermissionPolicy().user_has_any_permission(user, WORK)


def may_submit(user: Any) -> bool:
    return may_see_desk(user) and user.has_perm("wagtail_localize.submit_translation")


def may_use_machine(user: Any) -> bool:
    return bool(machine_name()) and may_submit(user)


def may_assign(user: Any) -> bool:
    """Editors give out work: those who may publish."""
    return PagePermissionPolicy().user_has_any_permission(user, {"publish"})


def locales_to_assign(user: Any) -> QuerySet[Locale]:
    """The languages in whose trees *user* may publish, somewhere at least."""
    homes = Page.objects.filter(depth=HOME_DEPTH)
    if not user.is_superuser:
        condition = Q(pk=None)
        for granted in PagePermissionPolicy().get_cached_permissions_for_user(user):
            if granted.permission.codename == "publish_page":
                path = granted.page.path
                home = path[: Page.steplen * HOME_DEPTH]
                condition |= Q(path__startswith=home)
        homes = homes.filter(condition)
    return Locale.objects.filter(pk__in=homes.values("locale")).order_by("pk")


def publishable_by(user: Any) -> Q:
    """The condition on rows: versions that *user* may publish, and those that do not
    exist yet of sections below which he or she may."""
    if not user.is_active:
        return Q(pk__in=[])
    if user.is_superuser:
        return Q()
    works_there, sections = Q(pk__in=[]), Q(pk__in=[])
    for granted in PagePermissionPolicy().get_cached_permissions_for_user(user):
        if granted.permission.codename == "publish_page":
            works_there |= Q(target__path__startswith=granted.page.path)
            sections |= Q(path__startswith=granted.page.path)
    counterparts = SectionPage.objects.filter(
        sections, locale=OuterRef("locale"), translation_key=OuterRef("section")
    )
    return works_there | Q(Q(target=None) & Q(Exists(counterparts)))


def visible_to(user: Any) -> Q:
    """The condition on rows: published articles, and drafts that have a version, be it
    the original or a translation, where *user* works."""
    if user.is_superuser:
        return Q()
    granted = PagePermissionPolicy().get_cached_permissions_for_user(user)
    works_there = Q(pk__in=[])
    for path in sorted({permission.page.path for permission in granted}):
        works_there |= Q(target__path__startswith=path)
    versions = VersionState.objects.filter(
        works_there, translation_key=OuterRef("translation_key")
    )
    # Asked of the few drafts that there are, once, and not of every row.
    drafts = VersionState.objects.filter(Exists(versions), source_is_live=False)
    return Q(source_is_live=True) | Q(
        translation_key__in=drafts.values("translation_key")
    )


def may_edit(user: Any, page: Page) -> bool:
    """Whether *user* may edit *page* by the tree's permissions; a workflow may let
    others in too."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    granted = page.permissions_for_user(user).permissions
    return "change" in granted or ("add" in granted and page.owner_id == user.pk)
