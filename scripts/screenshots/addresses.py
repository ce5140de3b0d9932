"""URLs of the demo's public pages that are shown in screenshots."""

from newsroom.archive.addresses import url_of
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.demo import content
from search.models import FacetValue

FORUM, DAM = content.REPORT, "kokaral-dam-ten-years"
LANGUAGES = ("kk", "ru", "en")
# An article that exists only in another language, by the language that lacks it.
UNTRANSLATED = {
    "kk": "almaty-metro-opens",
    "ru": "single-time-zone-2024",
    "en": "single-time-zone-2024",
}
VALUES = {"place": ("places", "kyzylorda"), "person": ("people", "rafael-tuts")}


def reader_addresses() -> dict[str, str]:
    """Return URL paths below the language prefix, by name: ``forum_kk``."""
    found = {}
    for language in LANGUAGES:
        found[f"forum_{language}"] = _article(FORUM, language)
        found[f"dam_{language}"] = _article(DAM, language)
        found[f"section_{language}"] = _section("urban", language)
        found[f"untranslated_{language}"] = _article(UNTRANSLATED[language])
        for facet, names in VALUES.items():
            found[f"{facet}_{language}"] = _value(facet, names, language)
    return found


def _article(name: str, language: str = "") -> str:
    versions = ArticlePage.objects.filter(
        translation_key=content.identifier("article", name)
    )
    if language:
        versions = versions.filter(locale__language_code=language)
    return _below_language(versions.get().url)


def _section(name: str, language: str) -> str:
    section = SectionPage.objects.get(
        translation_key=content.identifier("section", name),
        locale__language_code=language,
    )
    return _below_language(section.url)


def _value(facet: str, names: tuple[str, str], language: str) -> str:
    value = FacetValue.objects.get(facet=facet, key=content.identifier(*names))
    return _below_language(url_of(value, language))


def _below_language(url: str) -> str:
    """Return *url* without its language prefix: ``/kk/archive/`` gives ``archive/``."""
    return url.split("/", 2)[2]
