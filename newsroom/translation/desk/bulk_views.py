"""What is done with several articles of the desk at once."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale
from wagtail.permission_policies.pages import PagePermissionPolicy

from newsroom.jobs.running import start
from newsroom.translation.desk.access import (
    WORK,
    may_assign,
    may_submit,
    may_use_machine,
    visible_to,
)
from newsroom.translation.desk.jobs import MACHINE, SUBMIT
from newsroom.translation.desk.views import DeskView
from newsroom.translation.letters import tell_assigned
from newsroom.translation.models import VersionState
from newsroom.translation.releases.forms import LocaleChoiceField

# Articles that a form lists by their headlines.
NAMED = 20


def chosen_articles(request: HttpRequest) -> QuerySet[VersionState]:
    """The articles that were ticked, or all that the desk shows for its filters, as
    the address says; only those that the user may see."""
    if "all" in request.GET:
        desk = DeskView()
        desk.setup(request)
        return desk.get_queryset()
    numbers = [n for n in request.GET.getlist("article") if n.isdecimal()]
    rows = VersionState.objects.originals().filter(visible_to(request.user))
    return rows.filter(pk__in=numbers).order_by("headline")


class SubmitForm(forms.Form):
    languages = LocaleChoiceField(Locale.objects, label=gettext_lazy("Languages"))


class AssignForm(SubmitForm):
    translator = forms.ModelChoiceField(
        None, label=gettext_lazy("Translator"), required=False
    )
    due = forms.DateField(
        label=gettext_lazy("Due"), required=False, widget=AdminDateInput
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        users = PagePermissionPolicy().users_with_any_permission(WORK)
        self.fields["translator"].queryset = users.order_by(  # type: ignore[attr-defined]
            get_user_model().USERNAME_FIELD
        )


class ChosenArticlesView(WagtailAdminTemplateMixin, FormView):
    """A form about the articles that were ticked, which the address names."""

    template_name = "translation/desk_form.html"
    header_icon = "globe"
    success_url = reverse_lazy("translation_desk:index")
    _show_breadcrumbs = True

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not self.is_allowed(request.user):
            raise PermissionDenied
        self.articles = chosen_articles(request)
        self.count = self.articles.count()
        if problem := self.problem():
            messages.error(request, problem)
            return redirect(self.success_url)
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self, user: Any) -> bool:
        raise NotImplementedError

    def problem(self) -> str:
        """Why nothing can be done, or an empty string."""
        return "" if self.count else _("Tick at least one article first.")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("translation_desk:index"), "label": _("Translation desk")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "articles": self.articles[:NAMED],
            "count": self.count,
            "unnamed": max(0, self.count - NAMED),
        }

    def versions(self, form: forms.Form) -> Any:
        """The rows of the chosen articles in the chosen languages, originals aside."""
        return VersionState.objects.translations().filter(
            translation_key__in=self.articles.values("translation_key"),
            locale__in=form.cleaned_data["languages"],
        )


class SubmitView(ChosenArticlesView):
    """Submit articles for translation, where they have not been yet."""

    page_title = gettext_lazy("Submit for translation")
    form_class = SubmitForm

    def is_allowed(self, user: Any) -> bool:
        return may_submit(user)

    def form_valid(self, form: SubmitForm) -> HttpResponse:
        waiting = self.versions(form).filter(target=None, source__isnull=False)
        rows = waiting.order_by("headline", "locale").values_list(
            "pk", "headline", "locale__language_code"
        )
        items = [(f"{line} ({code})", {"version": pk}) for pk, line, code in rows]
        if not items:
            messages.warning(self.request, _("All of these have been started already."))
            return super().form_valid(form)
        job = start(SUBMIT, user=self.request.user, items=items)
        return redirect("jobs:job", job.pk)


class MachineView(ChosenArticlesView):
    """Have a machine make drafts of what is not translated yet."""

    page_title = gettext_lazy("Machine-translate")
    form_class = SubmitForm

    def is_allowed(self, user: Any) -> bool:
        return may_use_machine(user)

    def form_valid(self, form: SubmitForm) -> HttpResponse:
        rows = self.versions(form).filter(source__isnull=False)
        named = rows.order_by("headline", "locale").values_list(
            "pk", "headline", "locale__language_code"
        )
        items = [(f"{line} ({code})", {"version": pk}) for pk, line, code in named]
        job = start(MACHINE, user=self.request.user, items=items)
        return redirect("jobs:job", job.pk)


class AssignView(ChosenArticlesView):
    """Say who translates articles, until when, and what there is to know."""

    page_title = gettext_lazy("Assign")
    form_class = AssignForm

    def is_allowed(self, user: Any) -> bool:
        return may_assign(user)

    def form_valid(self, form: AssignForm) -> HttpResponse:
        given = {
            name: form.cleaned_data[name] for name in ("translator", "due", "note")
        }
        chosen = self.versions(form)
        count = chosen.update(**given)
        named = chosen.select_related("translator", "locale").order_by("headline")
        tell_assigned(list(named), by=self.request.user)
        messages.success(
            self.request,
            ngettext(
                "%(count)d translation has been assigned.",
                "%(count)d translations have been assigned.",
                count,
            )
            % {"count": count},
        )
        return super().form_valid(form)
