"""Conversion of language tags (BCP 47, POSIX, ISO 639) to the site's language codes."""

import re

from wagtail.coreutils import get_content_languages

from newsroom.localisation.languages import has_row, language, rows

# The script implied by a tag without one: IANA's Suppress-Script, and CLDR's likely
# subtags for languages close to Kazakh. Languages of the site have theirs in their row.
_DEFAULT_SCRIPTS = {
    "ar": "arab",
    "az": "latn",
    "be": "cyrl",
    "de": "latn",
    "es": "latn",
    "fa": "arab",
    "fr": "latn",
    "it": "latn",
    "ky": "cyrl",
    "mn": "cyrl",
    "pl": "latn",
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
_ALPHA_3 = {
    "ara": "ar",
    "aze": "az",
    "bel": "be",
    "deu": "de",
    "fas": "fa",
    "fra": "fr",
    "fre": "fr",
    "ger": "de",
    "ita": "it",
    "kir": "ky",
    "mon": "mn",
    "per": "fa",
    "pol": "pl",
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
    base = _language_subtag(subtags[0])
    if not _LANGUAGE.fullmatch(base):
        return tag.strip().lower()
    script, region, rest = _script_and_region(subtags[1:])
    script = MODIFIERS.get(found["modifier"] or "", script)
    if not script:
        script = SCRIPTS_OF_REGIONS.get((base, region), "")
    is_own = not script or script == _default_script(base)
    candidates = [
        "-".join(filter(None, parts))
        for parts in (
            (base, script, region, *rest),
            (base, "" if is_own else script, region, *rest),
            (base, script, region),
            (base, "" if is_own else script, region),
            (base, "" if is_own else script),
        )
    ]
    known = {code.lower(): code for code in get_content_languages()}
    return next((known[one] for one in candidates if one in known), candidates[-1])


def _language_subtag(subtag: str) -> str:
    """Return the site's code for an ISO 639-2 code, else *subtag* itself."""
    own = {code: row.code for row in rows() for code in row.alpha_3}
    return own.get(subtag) or _ALPHA_3.get(subtag, subtag)


def _default_script(code: str) -> str:
    return (
        language(code).script.lower()
        if has_row(code)
        else _DEFAULT_SCRIPTS.get(code, "")
    )


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
