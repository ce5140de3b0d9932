"""The orthography of an article: that of its letters, unless its editor names one.

It is given by a language tag, `kk-Latn-x-1929`. That of the language itself (Kazakh in
Cyrillic letters) has none.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from newsroom.localisation.languages import language
from search.facets.orthography_names import orthography_name
from search.languages.orthographies import key_of, orthographies
from search.site_languages import site_languages


def orthographies_of(code: str) -> list[str]:
    """Return the tags that articles in the language *code* can have.

    There are none if all its texts are written alike.
    """
    return [
        tag
        for tag in orthographies(code)
        if key_of(tag) != language(code).script.lower()
    ]


def choices() -> list[tuple[str, str]]:
    """Return the tags of all languages of the site, with names in the active one."""
    return [choice for code in site_languages() for choice in choices_of(code)]


def choices_of(code: str) -> list[tuple[str, str]]:
    """Return the tags of the language *code*, with names in the active one."""
    return [(tag, orthography_name(key_of(tag))) for tag in orthographies_of(code)]


def validate(tag: str, code: str) -> None:
    """Raise ValidationError if *tag* is no orthography of the language *code*."""
    if tag and tag not in orthographies_of(code):
        raise ValidationError(
            _("Texts in %(language)s cannot have this orthography: %(orthography)s.")
            % {
                "language": language(code).label,
                "orthography": orthography_name(key_of(tag)) or tag,
            }
        )
