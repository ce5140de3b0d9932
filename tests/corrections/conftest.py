import pytest

from newsroom.articles.models import ArticlePage
from tests.corrections.articles import BODY, body_with, correct, publish
from tests.factories import make_article, make_section


@pytest.fixture
def article(homes) -> ArticlePage:
    """Return an article in Kazakh that was published once."""
    return make_article(make_section(homes["kk"]), body=BODY)


@pytest.fixture
def corrected(article) -> ArticlePage:
    """Return the same after a correction: «бес» has become «алты»."""
    correct(article)
    return publish(article, body=body_with(article, **{"<b>бес</b>": "<b>алты</b>"}))
