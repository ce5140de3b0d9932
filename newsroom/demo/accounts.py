"""Accounts of the demo, which exist only on a site that has loaded the demo."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model

from newsroom.access.roles import create_roles


@dataclass(frozen=True, slots=True)
class DemoAccount:
    username: str
    role: str | None
    name: str

    @property
    def email(self) -> str:
        return f"{self.username}@example.org"

    @property
    def password(self) -> str:
        return f"{self.username}-demo"


DEMO_ACCOUNTS = (
    DemoAccount("admin", role=None, name="Superuser"),
    DemoAccount("journalist", role="Journalists", name="Journalist"),
    DemoAccount("editor", role="News editors", name="News editor"),
    DemoAccount("publisher", role="Publishers", name="Publisher"),
    DemoAccount("archivist", role="Archivists", name="Archivist"),
    DemoAccount("administrator", role="Administrators", name="Administrator"),
    DemoAccount("translator-ru", role="Translators: ru", name="Translator (ru)"),
    DemoAccount("translator-en", role="Translators: en", name="Translator (en)"),
    DemoAccount("editor-kk", role="Language editors: kk", name="Language editor (kk)"),
    DemoAccount("editor-ru", role="Language editors: ru", name="Language editor (ru)"),
    DemoAccount("editor-en", role="Language editors: en", name="Language editor (en)"),
)


def create_demo_accounts() -> None:
    """Create the missing accounts; existing accounts are not changed."""
    groups = create_roles()
    for account in DEMO_ACCOUNTS:
        user, is_new = get_user_model().objects.get_or_create(
            username=account.username,
            defaults={
                "is_superuser": account.role is None,
                "is_staff": True,
                "first_name": account.name,
                "email": account.email,
            },
        )
        if not is_new:
            continue
        user.set_password(account.password)
        user.save()
        if account.role:
            user.groups.add(groups[account.role])
