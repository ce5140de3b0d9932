"""Template tag of the banner on a restored site."""

from typing import Any

from django import template

from newsroom.access.users import AnyUser
from newsroom.backup.due_work import due_work
from newsroom.backup.permissions import may_resume
from newsroom.worker.hold import current_hold

register = template.Library()


@register.inclusion_tag("backup/banner.html")
def restored_banner(user: AnyUser) -> dict[str, Any]:
    """Show that the site is on hold, if it is. Runs one query if it is not."""
    hold = current_hold() if user.is_authenticated else None
    if hold is None:
        return {}
    return {"hold": hold, "due": due_work(), "may_resume": may_resume(user)}
