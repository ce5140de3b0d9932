"""Login form of the admin with translated labels."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from wagtail.admin.forms.auth import LoginForm


class TranslatedLoginForm(LoginForm):
    """Login form with a translated password label; Wagtail's label is English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = AuthenticationForm.base_fields["password"].label
        self.fields["password"].label = label
