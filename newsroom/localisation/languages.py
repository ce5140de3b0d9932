"""The languages of the site: one row a language.

``LANGUAGES`` in the settings chooses among them. `docs/adding-a-language.md` says what
else a new language needs: a catalogue of messages and, if its words are inflected, an
analyser in :mod:`search.languages`. The settings import this module, so it must not
import models.

Date formats are Django's: :mod:`newsroom.formats`, one module a language, which takes
the decimal mark from here.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy

from search.languages import query_words
from search.languages.query_words import QueryWords
from search.languages.registry import script_subtag

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def gettext_noop(message: str) -> str:
    """Mark *message* for the catalogues and return it.

    Django's own function reads the settings, which are being imported.
    """
    return message


# The language of the messages in code and templates, which needs no translation.
MESSAGE_LANGUAGE = "en"

# Files of static/fonts that pages fetch before the style sheet asks for them.
LATIN = ("literata-latin-normal", "commissioner-latin-normal")
CYRILLIC = ("literata-cyrillic-normal", "commissioner-cyrillic-normal")
CYRILLIC_EXTENDED = (
    *CYRILLIC,
    "literata-cyrillic-ext-normal",
    "commissioner-cyrillic-ext-normal",
)
ARABIC = ("noto-naskh-arabic-normal", "noto-sans-arabic-normal")


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteLanguage:
    """The facts about one language that the newsroom uses.

    ``code`` is the site's code, ``name`` the English name (a message), and ``own_name``
    the name in the language itself. ``alpha_3`` are ISO 639-2 codes, ``script`` is ISO
    15924. ``quotes`` are the opening and the closing quotation mark; they are not
    checked if empty. ``months`` are regular expressions of the unchanging beginnings of
    the names of the months, January first; dates in words are not recognised without
    them. ``month_comes_first`` is true if "July 8" may be written. ``fonts`` are
    preloaded. ``biblatex_name`` is the name in babel and biblatex. ``query_words`` are
    the words of the query language, None if the search itself has them.
    """

    code: str
    name: str
    own_name: str
    alpha_3: tuple[str, ...] = ()
    script: str = "Latn"
    is_rtl: bool = False
    quotes: str = ""
    decimal_mark: str = ","
    group_mark: str = "\N{NO-BREAK SPACE}"
    months: tuple[str, ...] = ()
    month_comes_first: bool = False
    fonts: tuple[str, ...] = LATIN
    biblatex_name: str = ""
    query_words: QueryWords | None = None

    @property
    def label(self) -> "StrPromise":
        """The name in the active language."""
        return gettext_lazy(self.name)

    @property
    def direction(self) -> str:
        return "rtl" if self.is_rtl else "ltr"


_ROWS = (
    SiteLanguage(
        code="kk",
        name=gettext_noop("Kazakh"),
        own_name="Қазақша",
        alpha_3=("kaz",),
        script="Cyrl",
        quotes="«»",
        months=(
            *("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым"),
            *("шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"),
        ),
        fonts=CYRILLIC_EXTENDED,
        biblatex_name="kazakh",
    ),
    SiteLanguage(
        code="ru",
        name=gettext_noop("Russian"),
        own_name="Русский",
        alpha_3=("rus",),
        script="Cyrl",
        quotes="«»",
        months=(
            *("январ", "феврал", "март", "апрел", "ма[йяе]", "июн"),
            *("июл", "август", "сентябр", "октябр", "ноябр", "декабр"),
        ),
        fonts=CYRILLIC,
        biblatex_name="russian",
    ),
    SiteLanguage(
        code="en",
        name=gettext_noop("English"),
        own_name="English",
        alpha_3=("eng",),
        quotes="“”",
        decimal_mark=".",
        group_mark=",",
        months=(
            *("january", "february", "march", "april", "may", "june"),
            *("july", "august", "september", "october", "november", "december"),
        ),
        month_comes_first=True,
        biblatex_name="english",
    ),
)

_languages: dict[str, SiteLanguage] = {row.code: row for row in _ROWS}


def add(row: SiteLanguage) -> None:
    """Add a language, or replace its row, from the settings of a site.

    Raises ValueError for words of the query language that have another meaning.
    """
    if row.query_words is not None:
        query_words.register({row.code: row.query_words})
    _languages[row.code] = row
    # What Django knows of a language; an unknown one would be an error in templates.
    LANG_INFO[row.code] = {
        "bidi": row.is_rtl,
        "code": row.code,
        "name": row.name,
        "name_local": row.own_name,
    }


def has_row(code: str) -> bool:
    return code in _languages


def language(code: str) -> SiteLanguage:
    """Return the row of *code*; a row of defaults for a language that has none.

    Texts of a language that the site has given up, or that a file names, still have to
    be shown.
    """
    return _languages.get(code) or SiteLanguage(code=code, name=code, own_name=code)


def direction_of(tag: str) -> str:
    """Return the direction of a text by its language *tag*, which may name a script."""
    script = script_subtag(tag) or ""
    return "rtl" if script.startswith("Arab") else language(tag).direction


def rows() -> tuple[SiteLanguage, ...]:
    """Return every row."""
    return tuple(_languages.values())


def choices(*codes: str) -> "list[tuple[str, StrPromise]]":
    """Return *codes* with their names, as ``LANGUAGES`` wants them."""
    return [(code, language(code).label) for code in codes]


for _row in _ROWS:
    add(_row)
