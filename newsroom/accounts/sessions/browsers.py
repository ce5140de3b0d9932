"""Names of browsers and systems, from the User-Agent header."""

from django.utils.translation import gettext as _

# In this order: most browsers also name those that they are compatible with.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("YaBrowser/", "Yandex Browser"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> str:
    """Return such as "Firefox, Windows"; for other clients, that it is unknown."""
    found = [
        next((name for sign, name in signs if sign in agent), "")
        for signs in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, found)) or _("Unknown browser")
