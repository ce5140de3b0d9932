"""Actions of the desk on several articles at once."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale
from wagtail.permission_policies.pages import PagePermissionPolicy

from newsroom.access.users import AnyUser, User
from newsroom.sanitising.characters import storable_text
from newsroom.translation.admin_pages import DeskPage
from newsroom.translation.desk.jobs import MACHINE, SUBMIT
from newsroom.translation.desk.views import DeskView
from newsroom.translation.models import TranslationStatus
from newsroom.translation.notifications import notify_assigned
from newsroom.translation.permissions import (
    WORK,
    locales_to_assign,
    may_assign,
    may_submit,
    may_use_machine,
    publishable_by,
    visible_to,
)
from newsroom.translation.releases.forms import LocaleChoiceField
from newsroom.web.primary_keys import pks_in
from newsroom.worker.kinds import JobKind
from newsroom.worker.running import start
from search.collation import alphabetically

# Maximum number of headlines listed in a form.
NAMED = 20


def chosen_articles(request: HttpRequest) -> QuerySet[TranslationStatus]:
    """Return the articles that the query string selects and the user may see.

    These are the selected articles, or with ``all`` every article that matches the
    filters.
    """
    if "all" in request.GET:
        desk = DeskView()
        desk.setup(request)
        return desk.get_queryset()
    pks = pks_in(request.GET.getlist("article"))
    rows = TranslationStatus.objects.originals().filter(visible_to(request.user))
    return rows.filter(pk__in=pks).order_by(alphabetically("headline"))


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

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = locales_to_assign(user)
        self.fields["languages"].queryset = own  # type: ignore[attr-defined]
        users = PagePermissionPolicy().users_with_any_permission(WORK)
        self.fields["translator"].queryset = users.order_by(  # type: ignore[attr-defined]
            get_user_model().USERNAME_FIELD
        )


class ChosenArticlesView(DeskPage, FormView):
    """A form for the articles that the query string selects."""

    template_name = "translation/desk_form.html"
    success_url = reverse_lazy("translation_desk:index")

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.articles = chosen_articles(request)
        self.count = self.articles.count()
        if not self.count:
            messages.error(request, _("Tick at least one article first."))
            return redirect(self.success_url)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "articles": self.articles[:NAMED],
            "count": self.count,
            "unnamed": max(0, self.count - NAMED),
        }

    def versions(self, form: forms.Form) -> Any:
        """Return the rows of the selected articles in the selected languages.

        Rows of originals are left out.
        """
        return TranslationStatus.objects.translations().filter(
            translation_key__in=self.articles.values("translation_key"),
            locale__in=form.cleaned_data["languages"],
        )


class BackgroundView(ChosenArticlesView):
    """A form that starts a background job for every selected version."""

    form_class = SubmitForm
    kind: JobKind

    @property
    def page_title(self) -> Any:
        return self.kind.label

    def chosen_versions(self, form: SubmitForm) -> Any:
        return self.versions(form).filter(source__isnull=False)

    def form_valid(self, form: SubmitForm) -> HttpResponse:
        rows = self.chosen_versions(form).order_by(alphabetically("headline"), "locale")
        items = [
            (f"{headline} ({code})", {"version": pk})
            for pk, headline, code in rows.values_list(
                "pk", "headline", "locale__language_code"
            )
        ]
        if not items:
            messages.warning(self.request, _("All of these were already started."))
            return super().form_valid(form)
        job = start(self.kind, user=self.user, items=items)
        return redirect("jobs:job", job.pk)


class SubmitView(BackgroundView):
    """A form that submits articles for translation in languages not started yet."""

    kind = SUBMIT

    def is_allowed(self, user: AnyUser) -> bool:
        return may_submit(user)

    def chosen_versions(self, form: SubmitForm) -> Any:
        return super().chosen_versions(form).filter(target=None)


class MachineView(BackgroundView):
    """A form that generates machine drafts of untranslated segments."""

    kind = MACHINE

    def is_allowed(self, user: AnyUser) -> bool:
        return may_use_machine(user)


class AssignView(ChosenArticlesView):
    """A form that assigns translations to a translator, with a due date and a note."""

    page_title = gettext_lazy("Assign")
    form_class = AssignForm

    def is_allowed(self, user: AnyUser) -> bool:
        return may_assign(user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.user}

    def form_valid(self, form: AssignForm) -> HttpResponse:
        given = {name: form.cleaned_data[name] for name in ("translator", "due")} | {
            "note": storable_text(form.cleaned_data["note"])
        }
        may_give = self.versions(form).filter(publishable_by(self.user))
        chosen = TranslationStatus.objects.filter(
            pk__in=list(may_give.values_list("pk", flat=True))
        )
        count = chosen.update(**given)
        named = chosen.select_related("translator", "locale").order_by(
            alphabetically("headline")
        )
        notify_assigned(list(named), by=self.user)
        if refused := self.versions(form).count() - count:
            messages.warning(
                self.request,
                ngettext(
                    "%(count)d translation is not yours to assign.",
                    "%(count)d translations are not yours to assign.",
                    refused,
                )
                % {"count": refused},
            )
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
