"""A made-up language, added to the site as docs/adding-a-language.md says.

Its code is one that ISO 639 leaves for private use, so neither Django nor CLDR knows
it. Every word of its texts begins with "zu"; Kazakh, from which its pages borrow the
words of the interface, is in Cyrillic letters.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.management import call_command
from django.test import override_settings
from wagtail.models import Locale, Page

from newsroom.articles.facets import kind_labels
from newsroom.articles.models import ArticlePage, ArticlePerson
from newsroom.articles.models.entities import Person
from newsroom.localisation import languages
from newsroom.localisation.languages import SiteLanguage, choices
from search.languages import query_words
from search.languages.query_words import QueryWords
from search.site_languages import site_languages
from tests.articles.pictures import make_picture
from tests.factories import home_pages, locale_of, make_article, make_section

CODE = "qaa"
ROW = SiteLanguage(
    code=CODE,
    name="Made up",
    own_name="Zuzuca",
    alpha_3=("qaa",),
    quotes="‹›",
    decimal_mark=".",
    months=tuple(f"zumo{letter}" for letter in "abcdefghijkl"),
    query_words=QueryWords(
        names=("zuzu",),
        operators={"or": "ZUOR", "not": "ZUNOT"},
        filters={"before": ("zubefore",), "person": ("zuperson",)},
    ),
)
RTL_ROW = SiteLanguage(code=CODE, name="Made up", own_name="Zuzuca", is_rtl=True)
TABLE = {"data": [["Zucell", "Zucol"]], "first_row_is_table_header": True}
BODY = [
    ("paragraph", "<p>Zupara <b>zubold</b>.</p>"),
    ("heading", "Zuheading"),
    ("quote", {"text": "Zuquote", "said": "zusaid", "speaker": "Zuspeaker"}),
    ("list", {"heading": "Zulist", "introduction": "Zuintro", "items": ["zuitem"]}),
    ("people_list", {"introduction": "Zupeople", "people": [{"name": "Zuname"}]}),
    ("embed", {"url": "https://example.com/", "title": "Zuembed"}),
    ("table", {"caption": "Zucaption", "table": TABLE}),
    ("table", {"caption": "", "table": TABLE}),
    ("fact_box", {"title": "Zufact", "text": "<p>Zutext.</p>"}),
]


@contextmanager
def registered(row: SiteLanguage) -> Iterator[None]:
    """Add *row* to the table, and take it out again."""
    words = dict(query_words.registered())
    languages.add(row)
    try:
        yield
    finally:
        languages._languages.pop(row.code)
        LANG_INFO.pop(row.code)
        query_words._words.clear()
        query_words.register(words)


@contextmanager
def site_with(row: SiteLanguage, folder: Path) -> Iterator[None]:
    """Follow the recipe with *row*; the catalogues are copied to *folder*."""
    shutil.copytree(settings.LOCALE_PATHS[0], folder / "locale")
    with registered(row):
        named = choices(*site_languages(), row.code)
        paths = [folder / "locale", folder / "locale" / "admin"]
        with override_settings(
            LANGUAGES=named, WAGTAIL_CONTENT_LANGUAGES=named, LOCALE_PATHS=paths
        ):
            call_command("update_catalogues", verbosity=0, stdout=_Nowhere())
            call_command("compile_catalogues", verbosity=0)
            kind_labels.cache_clear()
            try:
                yield
            finally:
                kind_labels.cache_clear()


class _Nowhere:
    def write(self, text: str) -> None:
        """Drop *text*."""


def home_of(code: str) -> Page:
    return home_pages()[code]


def make_pages() -> dict[str, Page]:
    """Return a page of each type in the language, by the name of its model.

    The article has a Kazakh original, a name that only Kazakh has, and two versions.
    """
    call_command("setup_site", verbosity=0)
    kazakh = make_section(home_of("kk"), "Қоғам")
    person = Person.objects.create(name="Әбіш Кекілбайұлы", locale=locale_of("kk"))
    original = make_article(kazakh, title="Қала", lead="Форум.")
    original.people = [ArticlePerson(person=person)]
    original.save_revision().publish()
    locale = Locale.objects.get(language_code=CODE)
    section = kazakh.copy_for_translation(locale, copy_parents=True)
    _publish(section, title="Zusection", introduction="Zuabout")
    article = original.copy_for_translation(locale)
    picture = make_picture(title="Zupicture")
    shown = {"picture": picture, "alt": "Zubodyalt", "caption": "", "credit": ""}
    body = ArticlePage._meta.get_field("body").stream_block.normalize(
        [*BODY, ("picture", shown)]
    )
    fields = {"lead": "Zulead.", "body": body}
    _publish(article, title="Zutitle", **fields)
    fields |= {"lead_picture": picture, "lead_picture_alt": "Zualt"}
    _publish(article, title="Zutitle zunew", **fields)
    home = home_of(CODE)
    _publish(home, title="Zuhome", introduction="Zuwelcome")
    pages = [home, section, article]
    return {type(page).__name__: type(page).objects.get(pk=page.pk) for page in pages}


def _publish(page: Page, **fields: object) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
