"""An original in a former orthography is translated into letters of today."""

import pytest

from tests.translation.articles import republish, submit, translate

pytestmark = pytest.mark.django_db


def test_a_translation_does_not_get_the_orthography_of_its_original(
    article, locales, committed
):
    article = republish(article, orthography="kk-Latn-x-1929")
    with committed():
        translation = submit(article, locales["ru"])
        translate(translation)
        translation.save_target(publish=True)
    target = translation.get_target_instance()
    assert target.orthography == ""
    with committed():
        republish(article, orthography="kk-Latn-x-1938", title="Жаңа атау")
        translation.source.update_from_db()
        translate(translation)
        translation.save_target(publish=True)
    target.refresh_from_db()
    assert target.orthography == ""
