"""Fingerprint of the settings: what a restored site must have in common, no secrets."""

import hashlib
import secrets
import tomllib
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from search.site_languages import site_languages

# As slow as Django's password hashes: a weak SECRET_KEY cannot be guessed from it.
ITERATIONS = 1_000_000


def fingerprint(migrations: list[list[str]]) -> dict[str, Any]:
    """Return the facts about this site that :func:`differences` compares."""
    salt = secrets.token_hex(16)
    return {
        "version": version(),
        "engine": connection.vendor,
        "languages": site_languages(),
        "time_zone": settings.TIME_ZONE,
        "search": "elasticsearch" if settings.SEARCH_ELASTICSEARCH["urls"] else "",
        "secret_key_salt": salt,
        "secret_key_hash": _hashed(settings.SECRET_KEY, salt),
        "migrations": migrations,
    }


def version() -> str:
    """Return the version of this code, or an empty string if it is unknown."""
    try:
        text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(text)["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return ""


def differences(found: dict[str, Any]) -> list[str]:
    """Return a line for each difference that does not prevent a restore."""
    lines = []
    if found.get("version") != version():
        lines.append(
            f"The backup is of version {found.get('version')}, this is {version()}: "
            "run the commands of an upgrade."
        )
    salt = str(found.get("secret_key_salt"))
    if found.get("secret_key_hash") != _hashed(settings.SECRET_KEY, salt):
        lines.append(
            "SECRET_KEY is another one: everybody must log in again, and links that "
            "were mailed no longer work."
        )
    for name, now in (
        ("languages", site_languages()),
        ("time_zone", settings.TIME_ZONE),
    ):
        if found.get(name) != now:
            lines.append(f"{name} was {found.get(name)}, and is {now} here.")
    return lines


def unknown_migrations(found: dict[str, Any]) -> list[str]:
    """Return the migrations of a backup that this code does not have.

    Such a backup was taken of a newer version, which alone can use its database.
    Migrations of packages that are not installed any more count as well.
    """
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known |= set(migration.replaces)
    return sorted(
        f"{app}.{name}" for app, name in found["migrations"] if (app, name) not in known
    )


def _hashed(secret: str, salt: str) -> str:
    digest = hashlib.pbkdf2_hmac("sha256", secret.encode(), salt.encode(), ITERATIONS)
    return digest.hex()
