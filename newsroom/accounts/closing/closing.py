"""Closing of the account of a member who leaves."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import registry
from wagtail.models import APIToken

from newsroom.access import audit
from newsroom.access.accounts import display_name
from newsroom.access.audit import record
from newsroom.access.holdings import Holding, kinds_of_work
from newsroom.access.second_factors.factors import remove_all
from newsroom.access.users import User
from newsroom.accounts.sessions.ending import end_sessions

Account = get_user_model()
# Rows that any account has, or that say nothing of what it did.
TRACELESS = {
    "articles.pagecreation",
    "auth.user_groups",
    "auth.user_user_permissions",
    "newsroom_accounts.usersession",
    "wagtailadmin.editingsession",
    "wagtailadmin.formstate",
    "wagtailusers.userprofile",
}
# Items named in a refusal; the others are not listed.
NAMED = 5


class ClosingRefusedError(Exception):
    """The account stays open; the message says why."""


@dataclass(frozen=True, slots=True)
class Work:
    """The work of one kind that an account holds."""

    kind: Holding
    items: list[Any]

    @property
    def titles(self) -> list[str]:
        return [self.kind.title(item) for item in self.items]


def work_of(user: User) -> list[Work]:
    """Return the unfinished work of *user*, kinds without any left out."""
    found = [Work(kind, list(kind.find(user))) for kind in kinds_of_work()]
    return [work for work in found if work.items]


def not_for(colleague: User, works: list[Work]) -> list[str]:
    """Return the titles of the work that *colleague* may not take over."""
    return [
        f"{work.kind.label}: {work.kind.title(item)}"
        for work in works
        for item in work.items
        if not work.kind.may_take(colleague, item)
    ]


@transaction.atomic
def close_account(user: User, *, colleague: User | None, by: User) -> None:
    """Give the work of *user* to *colleague*, and close the account, or do nothing.

    The account is deactivated, its sessions, second factors, tokens and password end.
    Its articles and comments keep its name.

    Raises:
        ClosingRefusedError: It is the last active administrator's account, there is
            work without a colleague to take it, or with one who may not.
    """
    # In one order, so that two administrators cannot close each other's account.
    chiefs = Account.objects.filter(is_superuser=True, is_active=True)
    locked = chiefs.select_for_update().order_by("pk").values_list("pk", flat=True)
    active = set(locked)
    if by.is_superuser and by.pk not in active:
        text = _("Your own account has been closed in the meantime.")
        raise ClosingRefusedError(text)
    if active == {user.pk}:
        raise ClosingRefusedError(_("This is the last administrator's account."))
    works = work_of(user)
    _hand_over(works, user, colleague)
    end_sessions(user)
    remove_all(user)
    for token in APIToken.objects.filter(user=user, revoked_at=None):
        token.revoke()
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    record(
        audit.ACCOUNT_CLOSE,
        user,
        user=by,
        colleague=display_name(colleague),
        work={work.kind.name: len(work.items) for work in works},
    )


def _hand_over(works: list[Work], user: User, colleague: User | None) -> None:
    if not works:
        return
    if colleague is None:
        raise ClosingRefusedError(_("Choose who takes over the work."))
    if colleague.pk == user.pk or not colleague.is_active:
        raise ClosingRefusedError(_("Choose a colleague with an active account."))
    if refused := not_for(colleague, works):
        raise ClosingRefusedError(
            _("%(colleague)s may not take over: %(work)s")
            % {
                "colleague": display_name(colleague),
                "work": "; ".join(refused[:NAMED])
                + ("…" if len(refused) > NAMED else ""),
            }
        )
    for work in works:
        work.kind.hand_over(work.items, user, colleague)


def has_history(user: User) -> bool:
    """Return whether *user* has done anything that a deletion would erase or unname."""
    for relation in Account._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete):
            continue
        model: Any = relation.related_model
        if model._meta.label_lower in TRACELESS or _is_log(model):
            continue
        field = getattr(relation, "field", None)
        if field and model._base_manager.filter(**{field.name: user}).exists():
            return True
    return any(
        model.objects.filter(user=user.pk).exists()
        for model in registry.get_log_entry_models()
    )


def _is_log(model: Any) -> bool:
    return model in registry.get_log_entry_models()
