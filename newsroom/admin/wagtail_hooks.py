"""Scripts and styles that are loaded on every screen of the admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def widget_start_js() -> str:
    # No module: it must run before the elements that it defines are parsed.
    return format_html('<script src="{}"></script>', static("js/widget_start.js"))


@hooks.register("insert_global_admin_js")
def unmarked_words_js() -> str:
    return format_html(
        '<script type="module" src="{}"></script>', static("js/unmarked_words.js")
    )


@hooks.register("insert_global_admin_css")
def screens_css() -> str:
    return format_html(
        '<link rel="stylesheet" href="{}">', static("css/admin/screens.css")
    )
