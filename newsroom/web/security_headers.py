"""Content-Security-Policy and other security headers of every response.

docs/security-headers.md lists the policies, and what the admin's is looser in and why.
"""

from http import HTTPStatus
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_HASHES, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse

ENDPOINT = "csp"
HTML = ("text/html", "application/xhtml+xml")
Policy = dict[str, Any]

# SHA-256 of a style element without text: wagtail-localize adds the rules by script.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
# SHA-256 of the event handler "return;".
RETURN_HANDLER = "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='"

# What every policy forbids; it has no exception.
BASE: Policy = {
    "default-src": [NONE],
    "base-uri": [NONE],
    "object-src": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
}
# Feeds, JSON, sitemaps, style sheets: nothing is loaded, even if a browser shows the
# response as a document.
DATA: Policy = {**BASE, "sandbox": True}
PUBLIC: Policy = {
    **BASE,
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
}
# Wagtail's previews of uploads are blob: and data: URLs.
ADMIN: Policy = {
    **PUBLIC,
    "style-src": [SELF, EMPTY_STYLE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "worker-src": [SELF],
}
# What else pages of the admin are allowed, by the names of their views.
EDITOR_STYLES: Policy = {"style-src": [SELF, UNSAFE_INLINE]}
LOOSENED: dict[str, Policy] = {
    # Draftail writes its placeholders as style elements, and copies with attributes.
    "wagtailadmin_pages:add": EDITOR_STYLES,
    "wagtailadmin_pages:edit": EDITOR_STYLES,
    "wagtailadmin_pages:revisions_revert": EDITOR_STYLES,
    # Jcrop, which sets the focal point, detects touchscreens in this way.
    "wagtailimages:edit": {"script-src-attr": [UNSAFE_HASHES, RETURN_HANDLER]},
}
# The accessibility checker of Wagtail's user bar, which only editors get, writes
# styles; its outlines are in the page itself.
EDITOR_BAR: Policy = {**PUBLIC, "style-src": [SELF, UNSAFE_INLINE]}

# Features that neither the site nor the admin uses. Passkeys and the clipboard are left
# at their default, which is the site itself.
DENIED_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in DENIED_FEATURES)
CSP, CORP = "Content-Security-Policy", "Cross-Origin-Resource-Policy"
# Pictures of public pages are shown by feed readers and other sites.
SHARED_PREFIXES = ("/media/",)


class SecurityHeadersMiddleware(CSPMiddleware):
    """Middleware that sets the headers; a view's own policy is kept.

    Must precede all middleware that can return a response, and follow Django's
    SecurityMiddleware, which sets ``Referrer-Policy`` and the opener policy.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        is_shared = request.path_info.startswith(SHARED_PREFIXES)
        shared_with = "cross-origin" if is_shared else "same-origin"
        response.headers.setdefault(CORP, shared_with)
        if address := _report_address():
            response.headers.setdefault(
                "Reporting-Endpoints", f'{ENDPOINT}="{address}"'
            )
        return response

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        if report_only:
            return PolicyParts()
        return PolicyParts(config=policy_of(request, response))


def policy_of(request: HttpRequest, response: HttpResponseBase) -> Policy | None:
    """Return the policy of a response, by its content and the page it is part of.

    None for 304: browsers would replace the policy of the page that they have stored.
    """
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        return None
    kind = response.get("Content-Type", "").partition(";")[0].strip().lower()
    disposition = response.get("Content-Disposition", "")
    if kind not in HTML or disposition.startswith("attachment"):
        return DATA
    policy = _policy_of_page(request)
    is_framed = response.get("X-Frame-Options", "").upper() == "SAMEORIGIN"
    # Wagtail asks for a preview with a request of its own, and shows it in a frame.
    if is_framed or getattr(request, "is_dummy", False):
        policy = {**policy, "frame-ancestors": [SELF]}
    if address := _report_address():
        policy = {**policy, "report-to": [ENDPOINT], "report-uri": [address]}
    return policy


def _policy_of_page(request: HttpRequest) -> Policy:
    if getattr(request, "has_editor_bar", False):
        return EDITOR_BAR
    if request.path_info.startswith(_admin_path()):
        view = request.resolver_match.view_name if request.resolver_match else ""
        return {**ADMIN, **LOOSENED.get(view, {})}
    return PUBLIC


def _admin_path() -> str:
    return reverse("wagtailadmin_home")


def _report_address() -> str:
    try:
        return reverse("csp_reports")
    except NoReverseMatch:  # a test with other URLs
        return ""
