from typing import Any

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "newsroom.accounts"
    label = "newsroom_accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from newsroom.accounts import signal_handlers
        from newsroom.accounts.audit.retention import delete_old_entries
        from newsroom.accounts.lockout.handler import delete_old_attempts
        from newsroom.accounts.lockout.passwords import count_password_changes
        from newsroom.accounts.resetting.forms import delete_old_requests
        from newsroom.accounts.sessions.ending import forget_ended_sessions
        from newsroom.worker import schedule

        signal_handlers.connect()
        users: Any = apps.get_app_config("wagtailusers")
        users.user_viewset = "newsroom.accounts.delegated_views.AccountViewSet"
        users.group_viewset = "newsroom.accounts.viewsets.GroupViewSet"
        count_password_changes()
        for job in (
            delete_old_entries,
            delete_old_attempts,
            delete_old_requests,
            forget_ended_sessions,
        ):
            schedule.register(schedule.PeriodicJob(job, schedule.HOUR))
