"""Conversion of language tags (BCP 47, POSIX, ISO 639) to the site's language codes."""

import re

from django.conf import settings

# The script implied by a tag without one: IANA's Suppress-Script, and CLDR's likely
# subtags for languages close to Kazakh.
DEFAULT_SCRIPTS = {
    "ar": "arab",
    "az": "latn",
    "be": "cyrl",
    "de": "latn",
    "en": "latn",
    "es": "latn",
    "fa": "arab",
    "fr": "latn",
    "it": "latn",
    "kk": "cyrl",
    "ky": "cyrl",
    "mn": "cyrl",
    "pl": "latn",
    "ru": "cyrl",
    "tg": "cyrl",
    "tk": "latn",
    "tr": "latn",
    "tt": "cyrl",
    "ug": "arab",
    "uk": "cyrl",
    "uz": "latn",
}
# Regions where the language is written in another script (CLDR, likely subtags).
SCRIPTS_OF_REGIONS = {
    ("kk", "af"): "arab",
    ("kk", "cn"): "arab",
    ("kk", "ir"): "arab",
    ("kk", "mn"): "arab",
    ("ky", "cn"): "arab",
    ("ky", "tr"): "latn",
    ("mn", "cn"): "mong",
    ("ug", "kz"): "cyrl",
    ("uz", "af"): "arab",
    ("uz", "cn"): "cyrl",
}
# ISO 639-2 codes, terminological and bibliographic, of the languages above.
ALPHA_3 = {
    "ara": "ar",
    "aze": "az",
    "bel": "be",
    "deu": "de",
    "eng": "en",
    "fas": "fa",
    "fra": "fr",
    "fre": "fr",
    "ger": "de",
    "ita": "it",
    "kaz": "kk",
    "kir": "ky",
    "mon": "mn",
    "per": "fa",
    "pol": "pl",
    "rus": "ru",
    "spa": "es",
    "tat": "tt",
    "tgk": "tg",
    "tuk": "tk",
    "tur": "tr",
    "uig": "ug",
    "ukr": "uk",
    "uzb": "uz",
}
# POSIX locale modifiers that name a script: uz_UZ@cyrillic.
MODIFIERS = {"arabic": "arab", "cyrillic": "cyrl", "latin": "latn"}

_POSIX = re.compile(r"(?P<tag>[^.@]*)(?:\.[^@]*)?(?:@(?P<modifier>.*))?")
_LANGUAGE = re.compile("[a-z]{2,3}")
_SCRIPT = re.compile("[a-z]{4}")
_REGION = re.compile("[a-z]{2}|[0-9]{3}")


def language_of(tag: str) -> str:
    """Return the site's code for *tag*, or else the tag in canonical form.

    The longest content language that is a prefix of the tag matches (RFC 4647, lookup),
    in any case, with hyphens or underscores: ``ru-RU``, ``ru_RU.UTF-8`` and ``RUS``
    give ``ru``; ``kk-Cyrl-KZ`` gives ``kk``. A script other than the language's own
    stays in the code (``kk-latn``), so that a text in another script is never mistaken
    for the site's language.
    """
    found = _POSIX.fullmatch(tag.strip().lower())
    if not found:
        return tag.strip().lower()
    subtags = found["tag"].replace("_", "-").split("-")
    language = ALPHA_3.get(subtags[0], subtags[0])
    if not _LANGUAGE.fullmatch(language):
        return tag.strip().lower()
    script, region, rest = _script_and_region(subtags[1:])
    script = MODIFIERS.get(found["modifier"] or "", script)
    if not script:
        script = SCRIPTS_OF_REGIONS.get((language, region), "")
    is_own = not script or script == DEFAULT_SCRIPTS.get(language)
    candidates = [
        "-".join(filter(None, parts))
        for parts in (
            (language, script, region, *rest),
            (language, "" if is_own else script, region, *rest),
            (language, script, region),
            (language, "" if is_own else script, region),
            (language, "" if is_own else script),
        )
    ]
    known = {code.lower(): code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES}
    return next((known[one] for one in candidates if one in known), candidates[-1])


def _script_and_region(subtags: list[str]) -> tuple[str, str, list[str]]:
    """Return script, region and other subtags before extensions and private use.

    Extended language subtags (three letters) are left out.
    """
    script, region, rest = "", "", []
    for subtag in subtags:
        if len(subtag) <= 1:  # a singleton begins an extension; "x" begins private use
            break
        if not script and not region and _SCRIPT.fullmatch(subtag):
            script = subtag
        elif not region and _REGION.fullmatch(subtag):
            region = subtag
        elif region or len(subtag) > 3:
            rest.append(subtag)
    return script, region, rest
