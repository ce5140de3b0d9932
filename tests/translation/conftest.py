"""What the tests of the translation desk share."""

import json

import pytest

from newsroom.articles.models import ArticlePage, SectionPage
from tests.factories import make_article, make_section
from tests.translation.articles import paragraphs, submit, translate
from tests.translation.segments import account


@pytest.fixture
def sections(homes, locales) -> dict[str, SectionPage]:
    """A section in Kazakh, Russian and English."""
    source = make_section(homes["kk"], title="Қоғам")
    for code, title in (("ru", "Общество"), ("en", "Society")):
        section = source.copy_for_translation(locales[code])
        section.title = title
        section.save_revision().publish()
    versions = SectionPage.objects.filter(translation_key=source.translation_key)
    return {section.locale.language_code: section for section in versions}


@pytest.fixture
def article(sections) -> ArticlePage:
    """A live Kazakh article of four segments."""
    return make_article(
        sections["kk"],
        title="Қалалардың болашағы",
        lead="Форум өтті.",
        body=json.dumps(paragraphs(None, "Бірінші сөйлем.", "Екінші сөйлем.")),
    )


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A context in which things happen as they do where transactions are committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def translation(article, locales, committed):
    """The article's Russian translation, just begun."""
    with committed():
        return submit(article, locales["ru"])


@pytest.fixture
def translator(client, translation):
    """A Russian translator, logged in."""
    user = account("translator", "Translators: ru")
    client.force_login(user)
    return user


@pytest.fixture
def published(article, locales, committed):
    """The article's Russian translation, complete and live."""
    with committed():
        translation = submit(article, locales["ru"])
        translate(translation)
        translation.save_target(publish=True)
    return translation


@pytest.fixture
def log_in(client, db):
    def as_one_of(role: str):
        client.force_login(account(role, role))
        return client

    return as_one_of
