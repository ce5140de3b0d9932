"""The admin's login form, with every label in the reader's language."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from wagtail.admin.forms.auth import LoginForm


class TranslatedLoginForm(LoginForm):
    """Label the password, which Wagtail's form leaves in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = AuthenticationForm.base_fields["password"].label
        self.fields["password"].label = label
