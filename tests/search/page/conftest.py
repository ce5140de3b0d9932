"""Articles of the archive whose search page is tested."""

from datetime import datetime

import pytest
from django.utils.timezone import make_aware

from newsroom.articles.models import ArticlePlace, Place
from search.index.term_statistics import apply_deltas
from search.signals import searched
from tests.factories import locale_of, make_article, make_section


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


@pytest.fixture
def places(section):
    """Store three articles on floods in Oral and Atyrau; return the keys of the places.

    One article is about the first place and two about the other, of two years.
    """
    keys = {}
    for name, years in (("Орал", [2024]), ("Атырау", [2024, 2025])):
        place = Place.objects.create(name=name, locale=locale_of("kk"))
        keys[name] = str(place.translation_key)
        for year in years:
            article = make_article(
                section,
                title=f"Тасқын: {name}, {year}",
                lead="Өзен арнасынан асты.",
                published_at=make_aware(datetime(year, 4, 1, 12)),
            )
            article.places = [ArticlePlace(place=place)]
            article.save_revision().publish()
    apply_deltas()
    return keys


@pytest.fixture
def sent_signals():
    """Collect the arguments of each `searched` signal."""
    received = []

    def listen(sender, **kwargs):
        received.append({k: v for k, v in kwargs.items() if k != "signal"})

    searched.connect(listen)
    yield received
    searched.disconnect(listen)
