"""URLs of the pages about accounts in the admin, below ``accounts/``."""

from django.urls import path

from newsroom.accounts.audit.report import AuditView
from newsroom.accounts.closing.views import CloseAccountView
from newsroom.accounts.sessions.views import SessionsView, UserSessionsView

urlpatterns = [
    path("audit/", AuditView.as_view(), name="audit"),
    path("audit/results/", AuditView.as_view(results_only=True), name="audit_results"),
    path("sessions/", SessionsView.as_view(), name="sessions"),
    path("sessions/<int:pk>/", UserSessionsView.as_view(), name="user_sessions"),
    path("close/<int:pk>/", CloseAccountView.as_view(), name="close"),
]
