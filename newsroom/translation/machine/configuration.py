"""The machine translator, configured by the environment: ``MACHINE_TRANSLATOR``."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

PACKAGE = "newsroom.translation.machine.translators"
GOOGLE = "wagtail_localize.machine_translators.google.GoogleCloudTranslator"
# Seconds per request: a long article takes a while on a small self-hosted server.
TIMEOUT = 60


def machine_translator(env: Any) -> dict[str, Any] | None:
    """Return wagtail-localize's setting; None if no machine translator is named.

    Raises ImproperlyConfigured for an unknown name.
    """
    name = env.str("MACHINE_TRANSLATOR", default="").lower()
    key = env.str("MACHINE_TRANSLATOR_KEY", default="")
    timeout = env.int("MACHINE_TRANSLATOR_TIMEOUT", default=TIMEOUT)
    if not name:
        return None
    if name == "libretranslate":
        url = env.str("MACHINE_TRANSLATOR_URL").rstrip("/")
        options = {"LIBRETRANSLATE_URL": url, "API_KEY": key, "TIMEOUT": timeout}
        return {
            "CLASS": f"{PACKAGE}.LibreTranslate",
            "OPTIONS": options,
        }
    if name == "deepl":
        options = {"AUTH_KEY": key, "TIMEOUT": timeout}
        return {"CLASS": f"{PACKAGE}.DeepL", "OPTIONS": options}
    if name == "google":
        options = {
            "PROJECT_ID": env.str("MACHINE_TRANSLATOR_PROJECT"),
            "CREDENTIALS_PATH": env.str("MACHINE_TRANSLATOR_CREDENTIALS", default=""),
        }
        return {"CLASS": GOOGLE, "OPTIONS": options}
    raise ImproperlyConfigured(
        f"MACHINE_TRANSLATOR={name}: use libretranslate, deepl or google."
    )
