"""Permissions on the translation desk, derived from Wagtail's page permissions.

They may be granted for a single section. An empty selection never counts as permitted.
Checks of lists read only permissions cached with the user and columns joined to the
row, so that a list of any length takes the same number of queries.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Locale, Page, TaskState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.machine_translators import get_machine_translator

from newsroom.access.permissions import may_publish
from newsroom.access.roles import HOME_DEPTH
from newsroom.access.users import AnyUser
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.translation.models import Release, TranslationStatus

WORK = {"add", "change", "publish"}


def may_see_desk(user: AnyUser) -> bool:
    return PagePermissionPolicy().user_has_any_permission(user, WORK)


def may_submit(user: AnyUser) -> bool:
    return may_see_desk(user) and user.has_perm("wagtail_localize.submit_translation")


def may_use_machine(user: AnyUser) -> bool:
    return get_machine_translator() is not None and may_submit(user)


def may_assign(user: AnyUser) -> bool:
    """Return whether *user* may assign translations: anyone who may publish."""
    return PagePermissionPolicy().user_has_any_permission(user, {"publish"})


def locales_to_assign(user: AnyUser) -> QuerySet[Locale]:
    """Return the locales in whose page tree *user* may publish at least one page."""
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


def publishable_by(user: AnyUser) -> Q:
    """Return the condition that selects rows of versions that *user* may publish.

    A version that does not exist yet is selected if *user* may publish below the
    counterpart of its section.
    """
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


def visible_to(user: AnyUser) -> Q:
    """Return the condition that selects the rows that *user* may see.

    These are published articles, and drafts that have a version (original or
    translation) in a part of the page tree where *user* has permissions.
    """
    if user.is_superuser:
        return Q()
    granted = PagePermissionPolicy().get_cached_permissions_for_user(user)
    works_there = Q(pk__in=[])
    for path in sorted({permission.page.path for permission in granted}):
        works_there |= Q(target__path__startswith=path)
    versions = TranslationStatus.objects.filter(
        works_there, translation_key=OuterRef("translation_key")
    )
    # Evaluated once for the few drafts instead of for every row.
    drafts = TranslationStatus.objects.filter(Exists(versions), source_is_live=False)
    return Q(source_is_live=True) | Q(
        translation_key__in=drafts.values("translation_key")
    )


def may_edit(user: AnyUser, page: Page) -> bool:
    """Return whether *user* may edit *page* by the permissions of the page tree.

    A workflow may allow other users to edit it too.
    """
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    granted = page.permissions_for_user(user).permissions
    return "change" in granted or ("add" in granted and page.owner_id == user.pk)


def may_publish_version(user: AnyUser, key: UUID, locale: Locale) -> bool:
    """Return whether *user* may publish the article with this translation key.

    If the version in *locale* does not exist yet, the permission on its future parent
    decides.
    """
    page = ArticlePage.objects.filter(translation_key=key, locale=locale).first()
    return may_publish(user, page or _parent_of_missing(key, locale))


def publishable_locales(user: AnyUser, key: UUID) -> list[Locale]:
    """Return the locales in which *user* may publish the article *key*, in order."""
    locales = Locale.objects.order_by("pk")
    return [locale for locale in locales if may_publish_version(user, key, locale)]


def _parent_of_missing(key: UUID, locale: Locale) -> Page | None:
    """Return the nearest ancestor of the article *key* that exists in *locale*."""
    source = ArticlePage.objects.filter(translation_key=key).order_by("pk").first()
    if source is None:
        return None
    for ancestor in source.get_ancestors().filter(depth__gt=1).order_by("-depth"):
        counterpart = Page.objects.filter(
            translation_key=ancestor.translation_key, locale=locale
        ).first()
        if counterpart:
            return counterpart
    return None


def may_decide(page: ArticlePage, user: AnyUser) -> bool:
    """Return whether *page* is in review and *user* may decide on it."""
    state = page.current_workflow_task_state
    return state is not None and "approve" in workflow_actions(page, state, user)


def workflow_actions(
    page: ArticlePage, task_state: TaskState, user: AnyUser
) -> set[str]:
    """Return the names of the actions of the review's task that *user* may take."""
    actions = task_state.task.specific.get_actions(page, user)
    return {name for name, _label, _with_comment in actions}


def may_change_release(user: AnyUser, release: Release) -> bool:
    """Return whether *user* may publish every stored version of *release*.

    For a release without languages, one publishable version is enough.
    """
    allowed = {one.pk for one in publishable_locales(user, release.translation_key)}
    stored = set(release.locales.values_list("pk", flat=True))
    return bool(allowed) and stored <= allowed


def may_plan_release(user: AnyUser, page: Page) -> bool:
    """Return whether *user* may publish *page*; other versions have own checks."""
    return may_assign(user) and may_publish(user, page)


def may_import_terms(user: AnyUser) -> bool:
    needed = ("newsroom_translation.add_concept", "newsroom_translation.change_concept")
    return may_see_desk(user) and user.has_perms(needed)
