"""Reasons against the publication of the languages of a release."""

from newsroom.translation.models import Release
from newsroom.translation.releases.selection import explain, languages_of
from tests.translation.releases.test_outcomes import break_english
from tests.translation.segments import account
from tests.translation.test_releases import release_of

ADMIN_LANGUAGES = {"kk", "ru", "en"}
FORBIDDEN = {
    "kk": "Оны жариялауға рұқсатыңыз жоқ.",
    "ru": "У вас нет права её публиковать.",
    "en": "You may not publish it.",
}


def test_reasons_are_given_in_each_language_of_the_admin(
    draft, translations, editor, locales
):
    break_english(translations)
    release = release_of(draft, editor, locales)
    found = explain(release, languages_of(release), editor)
    assert set(found) == {locales["en"].pk}
    reasons = found[locales["en"].pk]
    assert set(reasons) == ADMIN_LANGUAGES
    assert len({texts[0] for texts in reasons.values()}) == len(ADMIN_LANGUAGES)


def test_reasons_depend_on_the_user_who_publishes(draft, translations, editor, locales):
    release = release_of(draft, editor, locales)
    assert explain(release, languages_of(release), editor) == {}
    journalist = account("journalist", "Journalists")
    found = explain(release, languages_of(release), journalist)
    assert set(found) == {locale.pk for locale in locales.values()}
    for reasons in found.values():
        assert {code: texts[-1] for code, texts in reasons.items()} == FORBIDDEN


def test_versions_that_failed_to_be_published_keep_their_reasons(
    draft, translations, editor, locales
):
    release = release_of(draft, editor, locales, if_not_ready=Release.IfNotReady.READY)
    dropped = {locales["ru"].pk: ["It is quoted."]}
    found = explain(release, languages_of(release), editor, dropped)
    assert found == {
        locales["ru"].pk: {code: ["It is quoted."] for code in ADMIN_LANGUAGES}
    }
