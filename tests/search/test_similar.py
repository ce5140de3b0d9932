"""More like this: articles about the same as another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.ranking.similar import more_like
from tests.search.records import place, put, record

pytestmark = pytest.mark.django_db

FISHERS = (
    ("balqash-1", "Балқаш көліндегі балықшылар", "Балқаш көлі таяздап барады."),
    ("balqash-2", "Балықшылар Балқаш көліне қайтты", "Көл суы көтерілді."),
)
ACTORS = (
    ("theatre-1", "Театр маусымы ашылды", "Актерлер жаңа спектакль қойды."),
    ("theatre-2", "Актерлер спектакль көрсетті", "Театр залы толды."),
)


@pytest.fixture(autouse=True)
def archive():
    """Store two articles on fishers, two on a theatre, and twenty on other subjects."""
    put(
        *(record(key, title, lead=lead) for key, title, lead in FISHERS + ACTORS),
        *(record(f"other-{n}", f"{number} туралы") for n, number in enumerate(OTHERS)),
    )


OTHERS = (
    "Мектеп Аурухана Көпір Вокзал Кітапхана Стадион Бағдарлама Сауда Салық Теміржол "
    "Ұшақ Астық Мұнай Көмір Алтын Уран Бюджет Сайлау Сот Емтихан"
).split()


def like(entry, **options) -> list[str]:
    return [other.group for other in more_like(entry, **options)]


def put_one(key: str, title: str, locale: str = "kk", **fields):
    (entry,) = put(record(key, title, locale, **fields))
    return entry


def test_only_articles_about_the_same_subject_are_similar():
    entry = put_one("balqash-3", "Балқаш көлінің балықшылары")
    assert set(like(entry)) == {"balqash-1", "balqash-2"}


def test_an_article_about_something_of_its_own_has_none_like_it():
    assert like(put_one("alone", "Құмырсқалар илеуі")) == []


def test_a_single_common_word_makes_no_similar_article():
    assert like(put_one("chance", "Балқаш қаласында жәрмеңке")) == []


def test_another_version_and_another_language_are_not_offered():
    entry = put_one("balqash-1", "Балқаш көліндегі балықшылар")
    put_one("balqash-1", "Балқаш көліндегі балықшылар", "ru")
    put_one("balqash-9", "Балқаш көліндегі балықшылар", "ru")
    assert like(entry) == ["balqash-2"]


def test_similar_articles_with_a_common_name_rank_first():
    here = (place("ulken", kk="Үлкен"),)
    put_one("named", "Көл мен балықшылар", values=here)
    put_one("fishers", "Балқаш көлінде балықшылар көп", values=())
    entry = put_one("balqash-3", "Балқаш көлінің балықшылары", values=here)
    assert like(entry)[0] == "named"


def test_no_more_than_asked_for_are_offered():
    entry = put_one("balqash-3", "Балқаш көлінің балықшылары")
    assert len(like(entry, limit=1)) == 1


def test_similar_articles_take_four_queries_for_any_number():
    entry = put_one(
        "balqash-3", "Балқаш көлінің балықшылары", values=(place("ulken", kk="Үлкен"),)
    )
    for number in range(2):
        put_one(f"more-{number}", "Балқаш көлінің балықшылары")
    with CaptureQueriesContext(connection) as queries:
        assert len(like(entry)) == 4
    # PostgreSQL sets its planner in the query itself.
    selects = [q for q in queries.captured_queries if "SELECT" in q["sql"]]
    assert len(selects) == 4
