"""Rights of a user, by the rows of the table in docs/roles.md."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page, Site, Task, Workflow
from wagtail.permissions import policy_registry

from newsroom.articles.models import ArticlePage, Organisation, Person, Place, Topic
from newsroom.bin.models import DeletedPage
from newsroom.bin.permissions import may_restore
from newsroom.corrections.permissions import may_correct, may_withdraw
from newsroom.files.permissions import works_here
from newsroom.search_analytics.models import QueryCount
from newsroom.translation.models import Concept
from newsroom.translation.permissions import (
    locales_to_assign,
    may_decide,
    may_import_terms,
    may_see_desk,
    may_submit,
)
from tests.factories import make_article, make_section

DOCUMENT = Path(__file__).parents[2] / "docs/roles.md"
OWN, LANGUAGES = "kk", ("kk", "ru", "en")
NAMES = (Person, Organisation, Place, Topic)
CHANGES = ("add", "change", "delete")
FILES = (get_image_model(), get_document_model())


def documented() -> dict[str, dict[str, str]]:
    """Return the table of docs/roles.md: role -> action -> cell."""
    lines = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in DOCUMENT.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    (_action, *roles), _rule, *rows = lines
    return {
        role: {row[0]: row[number] for row in rows}
        for number, role in enumerate(roles, 1)
    }


def as_table(rights: dict[str, dict[str, str]]) -> str:
    """Return the table of docs/roles.md as it should be."""
    rows = [["a user may", *rights], ["---"] * (len(rights) + 1)]
    for action in next(iter(rights.values())):
        rows.append([action, *(cells[action] for cells in rights.values())])
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines).replace(" --- ", "---") + "\n"


def write_table(table: str) -> None:
    """Replace the table in docs/roles.md."""
    text = DOCUMENT.read_text(encoding="utf-8")
    written, count = re.subn(r"(?m)(^\|.*\n)+", lambda _: table, text, count=1)
    assert count == 1
    DOCUMENT.write_text(written, encoding="utf-8")


def member_of(group: str) -> Any:
    user = get_user_model().objects.create_user(f"one of {group}")
    user.groups.add(Group.objects.get(name=group))
    return user


def user_with(*codenames: str, below: Page | None = None) -> Any:
    """Make a user with these permissions; those on pages hold below *below*."""
    users = get_user_model().objects
    user = users.create_user(f"user {users.count()}")
    group = Group.objects.create(name=user.username)
    user.groups.add(group)
    for permission in Permission.objects.filter(codename__in=codenames):
        if permission.codename.endswith("_page"):
            group.page_permissions.create(page=below, permission=permission)
        else:
            group.permissions.add(permission)
    return user


class Newsroom:
    """Pages and files of other users: in each language a draft, and one in review."""

    def __init__(self, homes: dict[str, Any]) -> None:
        self.sections = {code: make_section(homes[code]) for code in LANGUAGES}
        self.live = self._articles(live=True)
        self.drafts = self._articles(live=False)
        self.reviewed = self._articles(live=False)
        author = get_user_model().objects.create_user("author")
        for page in self.reviewed.values():
            page.get_workflow().start(page, author)
        self.files = (
            get_image_model().objects.create(title="a", file=get_test_image_file()),
            get_document_model().objects.create(
                title="a", file=ContentFile(b"%PDF-1.4", name="a.pdf")
            ),
        )

    def _articles(self, *, live: bool) -> dict[str, ArticlePage]:
        return {
            code: make_article(section, live=live)
            for code, section in self.sections.items()
        }

    def rights_of(self, user: Any) -> dict[str, str]:
        """Return what *user* may do, as the cells of the table."""
        # Permissions are cached with the user.
        user = get_user_model().objects.get(pk=user.pk)
        live, drafts = self.live, self.drafts
        bin_row = DeletedPage(deleted_by=None, was_published=True)

        def asked(pages: dict[str, Any], *names: str) -> str:
            return where(
                pages,
                lambda page: same(
                    getattr(page.permissions_for_user(user), name)() for name in names
                ),
            )

        def of_models(models: Iterable[Any], *actions: str) -> str:
            return yes(
                same(
                    policy_registry.get_by_type(model).user_has_permission(user, action)
                    for model in models
                    for action in actions
                )
            )

        def of_files(*actions: str) -> str:
            return yes(
                same(
                    policy_registry.get_by_type(
                        type(file)
                    ).user_has_permission_for_instance(user, action, file)
                    for file in self.files
                    for action in actions
                )
            )

        assigned = set(locales_to_assign(user).values_list("language_code", flat=True))
        return {
            "use the admin": yes(works_here(user)),
            "create pages": asked(self.sections, "can_add_subpage"),
            "edit pages, also those of others": asked(live, "can_edit"),
            "delete own drafts that were never published": where(
                drafts, lambda page: may_delete_own(user, page)
            ),
            "delete other drafts": asked(drafts, "can_delete"),
            "publish and unpublish pages": asked(live, "can_publish", "can_unpublish"),
            "delete published pages": asked(live, "can_delete"),
            "delete sections with their pages": asked(self.sections, "can_delete"),
            "lock pages": asked(live, "can_lock"),
            "unlock pages": asked(live, "can_unlock"),
            "approve in a review": where(
                self.reviewed, lambda page: may_decide(page, user)
            ),
            "write corrections": where(live, lambda page: may_correct(user, page)),
            "withdraw published versions": where(
                live, lambda page: may_withdraw(user, page)
            ),
            "restore published pages from the bin": where(
                self.sections, lambda section: may_restore(bin_row, section, user)
            ),
            "see the translation desk": yes(may_see_desk(user)),
            "start translations": yes(may_submit(user)),
            "assign translations": where(
                dict(zip(LANGUAGES, LANGUAGES, strict=True)), assigned.__contains__
            ),
            "see names and topics": of_models(NAMES, "view"),
            "add and change names and topics": of_models(NAMES, "add", "change"),
            "delete names and topics": of_models(NAMES, "delete"),
            "see terms": of_models([Concept], "view"),
            "add, change and import terms": yes(
                same(
                    [
                        of_models([Concept], "add", "change") == "yes",
                        may_import_terms(user),
                    ]
                )
            ),
            "delete terms": of_models([Concept], "delete"),
            "choose pictures and documents": of_files("choose"),
            "upload pictures and documents": of_models(FILES, "add"),
            "change and delete pictures and documents of others": of_files(
                "change", "delete"
            ),
            "see statistics of searches": of_models([QueryCount], "view"),
            "manage redirects": of_models([Redirect], *CHANGES),
            "manage users and their roles": of_models([get_user_model()], *CHANGES),
            "manage groups": of_models([Group], *CHANGES),
            "manage sites and languages": of_models([Site, Locale], *CHANGES),
            "manage workflows": of_models([Workflow, Task], *CHANGES),
            "manage collections": of_models([Collection], *CHANGES),
        }


def may_delete_own(user: Any, draft: ArticlePage) -> bool:
    """Return whether *user* could delete *draft* if it were its author."""
    pages = ArticlePage.objects.filter(pk=draft.pk)
    pages.update(owner=user)
    is_allowed = pages.get().permissions_for_user(user).can_delete()
    pages.update(owner=None)
    return bool(is_allowed)


def where(pages: dict[str, Any], is_allowed: Callable[[Any], bool]) -> str:
    """Return the cell for the languages in which an action is allowed."""
    codes = [code for code, page in pages.items() if is_allowed(page)]
    cells = {(): "–", (OWN,): "own language", LANGUAGES: "all languages"}
    return cells.get(tuple(codes), f"in {codes}")


def yes(is_allowed: bool) -> str:
    return "yes" if is_allowed else "–"


def same(answers: Iterable[object]) -> bool:
    """Return the answer that several questions have in common; fail if they differ."""
    found = {bool(answer) for answer in answers}
    assert len(found) == 1, "allowed in part"
    return found.pop()
