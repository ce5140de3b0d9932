"""Let in a user who has lost all second factors."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.access.audit import (
    SECOND_FACTOR_RESET,
)
from newsroom.access.second_factors.events import record
from newsroom.access.second_factors.factors import remove_all
from newsroom.access.second_factors.permissions import must_have_factor


class Command(BaseCommand):
    help = (
        "Remove all passkeys, the authenticator app and the recovery codes of a user"
        " who has lost them. The user signs in with the password and sets up new ones."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="The name that the user signs in with.")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        users = get_user_model()
        try:
            user = users._default_manager.get_by_natural_key(username)
        except users.DoesNotExist as error:
            raise CommandError(
                f'There is no user "{username}". Nothing was changed.'
            ) from error
        counts = remove_all(user)
        record(SECOND_FACTOR_RESET, user, None, by=None)
        self.stdout.write(
            f"{username}: removed {counts['passkeys']} passkey(s), {counts['apps']} "
            f"authenticator app(s) and {counts['codes']} unused recovery code(s)."
        )
        if not user.is_active:
            self.stdout.write(f"{username} is deactivated and cannot sign in.")
        elif must_have_factor(user):
            self.stdout.write(
                f"{username} now signs in with the password and must set up a new"
                " second factor before anything else."
            )
        else:
            self.stdout.write(f"{username} now signs in with the password alone.")
