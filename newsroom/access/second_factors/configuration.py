"""Settings of second factors. Imports no Django."""

from urllib.parse import urlsplit

# Values of the setting SECOND_FACTOR_REQUIRED.
REQUIRED_OF = ("publishers", "everyone", "nobody")


def passkey_domain(site_url: str) -> str:
    """Return the host name of *site_url*: the domain that passkeys belong to."""
    return (urlsplit(site_url).hostname or "localhost").lstrip(".")


def passkey_origins(site_url: str) -> list[str]:
    """Return the origins at which passkeys are used: that of *site_url*.

    Browsers offer passkeys on HTTPS and on localhost only.
    """
    parts = urlsplit(site_url)
    if parts.hostname == "localhost":
        return [f"{parts.scheme}://{parts.netloc}"]
    return [f"https://{parts.netloc.lstrip('.')}"]
