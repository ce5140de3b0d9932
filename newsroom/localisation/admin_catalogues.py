"""Catalogues of the admin's strings that its packages do not translate: `locale/admin`.

Wagtail and its companion packages have catalogues of their own, none of them in Kazakh,
and the Russian ones have gaps. Ours contain only what is missing: Django prefers them,
so a string in both would hide the better-known wording.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings

from newsroom.localisation.catalogues import (
    catalogue_in,
    catalogue_path,
    new_catalogue,
    plural_forms,
)
from newsroom.localisation.languages import MESSAGE_LANGUAGE
from newsroom.localisation.unmarked import unmarked_messages

DOMAINS = ("django", "djangojs")  # Python and templates; the browser
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"<[^<>]+>")

# Translations of packages that are wrong, by language: ours replace them.
CORRECTED = {
    "ru": {
        # «Статьине соответствует вашему запросу.» and «На статья ссылались 0 раз.»
        (None, "No %(model_name)s match your query."),
        (None, "This %(model_name)s is referenced %(usage_count)s time."),
        # Wagtail 8.1 uses it for documents too, whose catalogue lacks it.
        (None, "Supported formats: %(supported_formats)s."),
    },
}

Key = tuple[str | None, str]  # context, message


def admin_catalogue_path(code: str, domain: str = "django") -> Path:
    """Return the path of our catalogue of the admin in *code*; it need not exist."""
    return catalogue_in(Path(settings.LOCALE_PATHS[1]), code, domain)


def admin_faults(code: str) -> list[str]:
    """Return what our catalogues of the admin in *code* lack, and their errors.

    Whole packages are checked, so that new strings of an upgrade are noticed. English
    lacks nothing: its text is the message itself.
    """
    if code == MESSAGE_LANGUAGE:
        return []
    faults = []
    for domain in DOMAINS:
        path = admin_catalogue_path(code, domain)
        ours = set(_entries(path))
        also_ours = set(_entries(catalogue_path(code))) if domain == "django" else set()
        missing, offered = _upstream(code, domain)
        missing |= unmarked_messages(domain) - offered
        faults += [
            f"{code}: missing in {domain}: {message!r}"
            for _context, message in missing - ours - also_ours
        ]
        needless = (ours & offered) - missing - CORRECTED.get(code, set())
        faults += [
            f"{code}: its own package translates it: {message!r}"
            for _context, message in needless - _spelled_with_yo(code, domain)
        ]
        if path.exists():
            faults += [f"{code}: {fault}" for fault in _own_faults(path)]
    return sorted(faults)


def make_admin_catalogues(code: str) -> None:
    """Make our catalogues of the admin in *code* if they do not exist.

    They get every message that the packages do not translate, untranslated.
    """
    if code == MESSAGE_LANGUAGE:
        return
    for domain in DOMAINS:
        path = admin_catalogue_path(code, domain)
        entries = [] if path.exists() else list(_missing_entries(code, domain))
        if entries:
            catalogue = new_catalogue(code)
            catalogue.extend(entries)
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path))


def _missing_entries(code: str, domain: str) -> Iterator[polib.POEntry]:
    missing, offered = _upstream(code, domain)
    missing |= unmarked_messages(domain) - offered
    if domain == "django":
        missing -= set(_entries(catalogue_path(code)))
    plurals = {
        key: entry.msgid_plural
        for folder in _package_folders()
        for key, entry in _entries(
            catalogue_in(folder, MESSAGE_LANGUAGE, domain)
        ).items()
        if entry.msgid_plural
    }
    forms = range(plural_forms(new_catalogue(code)))
    for context, message in sorted(missing, key=lambda key: (key[1], key[0] or "")):
        plural = plurals.get((context, message), "")
        yield polib.POEntry(
            msgctxt=context,
            msgid=message,
            msgid_plural=plural,
            msgstr_plural=dict.fromkeys(forms, "") if plural else {},
        )


def _upstream(code: str, domain: str) -> tuple[set[Key], set[Key]]:
    """Return the messages that a package leaves untranslated, and those translated."""
    missing: set[Key] = set()
    offered: set[Key] = set()
    for folder in _package_folders():
        messages = set(_entries(catalogue_in(folder, MESSAGE_LANGUAGE, domain)))
        theirs = _translated(catalogue_in(folder, code, domain))
        missing |= messages - theirs
        offered |= messages & theirs
    return missing, offered


def _spelled_with_yo(code: str, domain: str) -> set[Key]:
    """Return messages that we translate like a package, but with ё instead of е."""
    ours = _entries(admin_catalogue_path(code, domain))
    found = set()
    for folder in _package_folders():
        theirs = _entries(catalogue_in(folder, code, domain))
        for key in ours.keys() & theirs.keys():
            ours_texts, their_texts = _texts(ours[key]), _texts(theirs[key])
            without = [text.replace("ё", "е").replace("Ё", "Е") for text in ours_texts]
            plain = [text.replace("ё", "е").replace("Ё", "Е") for text in their_texts]
            if without == plain and ours_texts != their_texts:
                found.add(key)
    return found


def _texts(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr, *entry.msgstr_plural.values()]


def _own_faults(path: Path) -> Iterator[str]:
    catalogue = polib.pofile(str(path))
    forms = plural_forms(catalogue)
    for entry in catalogue:
        for fault in entry_faults(entry, forms):
            yield f"{fault}: {entry.msgid!r}"


def entry_faults(entry: polib.POEntry, forms: int) -> Iterator[str]:
    """Yield the errors of one translated message; *forms* is the number of plurals."""
    texts = [entry.msgstr]
    if entry.msgid_plural:
        texts = list(entry.msgstr_plural.values())
        if len(texts) != forms:
            yield f"{len(texts)} plural forms instead of {forms}"
    if not all(text.strip() for text in texts):
        yield "not translated"
        return
    model = entry.msgid_plural or entry.msgid
    for pattern, name in ((PLACEHOLDER, "placeholders"), (TAG, "tags")):
        wanted = sorted(pattern.findall(model))
        # The singular may omit the number, as the message itself may: «1 page».
        if sorted(pattern.findall(texts[-1])) != wanted or any(
            not set(pattern.findall(text)) <= set(wanted) for text in texts
        ):
            yield f"other {name} than the message"
    if any(_edges(text) != _edges(entry.msgid) for text in texts):
        yield "other blanks at its ends than the message"


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def _package_folders() -> list[Path]:
    """Return the catalogue folders of the installed packages except Django's own.

    Django is excluded because its catalogues contain far more than the admin shows.
    """
    folders = [
        Path(app.path) / "locale"
        for app in apps.get_app_configs()
        if not app.name.startswith(("django.", "newsroom.", "home", "search"))
    ]
    return [folder for folder in folders if folder.is_dir()]


def _entries(path: Path) -> dict[Key, polib.POEntry]:
    if not path.exists():
        return {}
    return {
        (entry.msgctxt, entry.msgid): entry
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def _translated(path: Path) -> set[Key]:
    return {key for key, entry in _entries(path).items() if entry.translated()}
