"""The page of the admin on which an administrator ends the hold of a restored site."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from newsroom.access.users import account_of
from newsroom.backup.due_work import due_work, resume
from newsroom.backup.permissions import may_resume
from newsroom.worker.hold import current_hold

DO, DROP = "do", "drop"


@require_http_methods(["GET", "POST"])
def restored(request: HttpRequest) -> HttpResponse:
    """Show what fell due; on POST, end the hold and do it or cancel it."""
    if not may_resume(request.user):
        raise PermissionDenied
    hold = current_hold()
    if hold is None:
        return redirect("wagtailadmin_home")
    choice = request.POST.get("due")
    if choice in (DO, DROP):
        resume(drop=choice == DROP, user=account_of(request))
        messages.success(request, _("The site works as usual again."))
        return redirect(request.path)
    context = {"hold": hold, "due": due_work(), "page_title": _("Restored site")}
    return TemplateResponse(request, "backup/restored.html", context)


urlpatterns = [path("", restored, name="restored")]
