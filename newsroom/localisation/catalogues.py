"""Message catalogues of the interface: extraction from the code and compilation.

Both are done in Python (Babel parses the code, polib writes the catalogues), so GNU
gettext is not needed to run and check the site.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

from newsroom.localisation.interface import forget_catalogues
from newsroom.localisation.languages import MESSAGE_LANGUAGE

# gettext functions, and which of their arguments are context and message.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
SOURCES = {
    ".py": ("newsroom", "home", "search"),
    ".html": ("templates",),
    ".txt": ("templates",),
}

Message = tuple[str | None, str, str | None]  # context, singular, plural


def catalogue_path(code: str) -> Path:
    """Return the path of the catalogue of *code*; it need not exist."""
    return catalogue_in(Path(settings.LOCALE_PATHS[0]), code)


def catalogue_in(folder: Path, code: str, domain: str = "django") -> Path:
    """Return the path of the catalogue of *code* in a folder of catalogues."""
    return folder / to_locale(code) / "LC_MESSAGES" / f"{domain}.po"


def gather_messages() -> dict[Message, list[tuple[str, int]]]:
    """Return every message of code and templates, with its (file, line) occurrences."""
    found: dict[Message, list[tuple[str, int]]] = {}
    for suffix, folders in SOURCES.items():
        for folder in folders:
            for path in sorted((settings.BASE_DIR / folder).rglob(f"*{suffix}")):
                name = str(path.relative_to(settings.BASE_DIR))
                for line, message in _messages_in(path):
                    found.setdefault(message, []).append((name, line))
    return found


def _messages_in(path: Path) -> Iterator[tuple[int, Message]]:
    from babel.messages.extract import extract

    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # templatize() indents a translated line by one more space, which Python's
        # tokenizer can refuse. Indentation has no meaning in its result.
        text = re.sub(r"(?m)^[ \t]+", "", templatize(text, origin=str(path)))
    for line, found, _comments, context in extract(
        "python", BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"}
    ):
        singular, plural = found if isinstance(found, tuple) else (found, None)
        yield line, (context, singular, plural)


def update_catalogue(code: str, messages: dict[Message, list[tuple[str, int]]]) -> None:
    """Write *messages* to the catalogue of *code*; existing translations are kept.

    A missing catalogue is made, with every message untranslated. English needs no
    translator: its text is the message itself.
    """
    path = catalogue_path(code)
    old = polib.pofile(str(path)) if path.exists() else new_catalogue(code)
    known = {(entry.msgctxt, entry.msgid): entry for entry in old}
    new = polib.POFile(wrapwidth=88)
    new.metadata, new.header = old.metadata, old.header
    for (context, singular, plural), places in messages.items():
        entry = known.get((context, singular)) or polib.POEntry(
            msgctxt=context, msgid=singular
        )
        entry.occurrences = [(name, "") for name in dict.fromkeys(n for n, _ in places)]
        entry.msgid_plural = plural or ""
        if code == MESSAGE_LANGUAGE:
            _translate_into_itself(entry)
        elif plural and not entry.msgstr_plural:
            entry.msgstr_plural = dict.fromkeys(range(plural_forms(old)), "")
        entry.flags = ["python-format"] if "%(" in singular else []
        new.append(entry)
    # Entries for Django's own messages, such as months, stay at the end.
    ours = {(context, singular) for context, singular, _ in messages}
    new.extend(
        entry
        for key, entry in known.items()
        if key not in ours and entry.comment.startswith("Django")
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))


def new_catalogue(code: str) -> polib.POFile:
    """Return an empty catalogue with the plural forms of *code*.

    They are those of CLDR, or one form for 1 and one for other numbers if CLDR does not
    have the language.
    """
    from babel import UnknownLocaleError
    from babel.messages.plurals import DEFAULT_PLURAL, get_plural

    try:
        number, expression, *_rest = get_plural(to_locale(code))
    except UnknownLocaleError:
        number, expression = DEFAULT_PLURAL
    catalogue = polib.POFile(wrapwidth=88)
    catalogue.metadata = {
        "Project-Id-Version": "newsroom-archive",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": to_locale(code),
        "Plural-Forms": f"nplurals={number}; plural={expression};",
    }
    return catalogue


def _translate_into_itself(entry: polib.POEntry) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
    else:
        entry.msgstr = entry.msgid


def plural_forms(catalogue: polib.POFile) -> int:
    """Return the number of plural forms that the catalogue's header declares."""
    return int(catalogue.metadata["Plural-Forms"].split("nplurals=")[1].split(";")[0])


def faults_of(code: str, messages: dict[Message, list[tuple[str, int]]]) -> list[str]:
    """Return descriptions of missing, untranslated and unused messages for *code*."""
    path = catalogue_path(code)
    if not path.exists():
        return [f"{code}: no catalogue: run manage.py update_catalogues"]
    catalogue = polib.pofile(str(path))
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    faults = []
    for context, singular, _plural in messages:
        entry = known.pop((context, singular), None)
        if entry is None:
            faults.append(f"{code}: missing: {singular!r}")
        elif not entry.translated():
            faults.append(f"{code}: not translated: {singular!r}")
    faults += [
        f"{code}: no longer used: {msgid!r}"
        for (_context, msgid), entry in known.items()
        if not entry.comment.startswith("Django")
    ]
    return faults


def compile_catalogues() -> int:
    """Compile every catalogue that is newer than its compiled form; return the number.

    Django's cached translations are reset, so that it loads the new catalogues.
    """
    count = 0
    for folder in settings.LOCALE_PATHS:
        for path in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            compiled = path.with_suffix(".mo")
            if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
                continue
            partial = compiled.with_suffix(f".{id(path)}.part")
            polib.pofile(str(path)).save_as_mofile(str(partial))
            partial.replace(compiled)
            translation_file_changed(None, compiled)
            count += 1
    if count:
        forget_catalogues()
    return count
