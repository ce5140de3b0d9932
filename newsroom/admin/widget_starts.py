"""Start of Wagtail's widgets without inline scripts, which the policy forbids.

Wagtail writes a script after each chooser, date field and list of rows. Here, an
element ``<widget-start>`` takes its place: static/js/widget_start.js defines it. The
templates are in templates/wagtailadmin/widgets and templates/wagtailadmin/panels.
"""

import json
from typing import Any

from django.utils.html import format_html
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser

TASK_CHOOSER = "createTaskChooser"  # a function, as which AdminTaskChooser is started


def start_choosers_without_scripts() -> None:
    """Make every chooser of Wagtail write a ``<widget-start>`` instead of a script."""
    BaseChooser.render = render


def render(
    self: BaseChooser,
    name: str,
    value: Any,
    attrs: dict[str, Any] | None = None,
    renderer: Any = None,
) -> str:
    """Return the HTML of a chooser; raises TypeError without an id, as Wagtail does."""
    if not attrs or not attrs.get("id"):
        message = "BaseChooser cannot be rendered without an 'id' attribute"
        raise TypeError(message)
    data = self.get_value_data(value)
    kind, options = self.js_constructor, None
    if isinstance(self, AdminTaskChooser):
        kind = TASK_CHOOSER
    else:
        options = self.get_js_init_options(attrs["id"], name, data)
    return format_html(
        '{}<widget-start hidden data-kind="{}" data-for="{}" data-options="{}">'
        "</widget-start>",
        self.render_html(name, data, attrs),
        kind,
        attrs["id"],
        json.dumps(options),
    )
