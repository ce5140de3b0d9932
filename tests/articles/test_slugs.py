from unicodedata import normalize

import pytest

from newsroom.articles.slugs import MAX_SLUG_LENGTH, latin_slug
from tests.factories import make_article, make_section


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Қызылордада форум өтіп жатыр", "qyzylordada-forum-otip-zhatyr"),
        ("Щит и меч: подъезд №5", "shchit-i-mech-podezd-no5"),
        ("Cities — for people", "cities-for-people"),
        ("قىزىلوردا قالاسى", "qyzylorda-qalasy"),
        ("12-шілде", "12-shilde"),
        ("…", ""),
    ],
)
def test_slugs_are_readable_latin(title, slug):
    assert latin_slug(title) == slug


@pytest.mark.parametrize("title", ["Йод пен ёлка", "Әйгілі й", "Café ü", "Ќала"])
def test_composed_and_decomposed_letters_give_one_slug(title):
    assert latin_slug(normalize("NFD", title)) == latin_slug(normalize("NFC", title))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("🎉 Той 🇰🇿 басталды ❤️", "toy-bastaldy"),
        ("Той🎉басталды", "toy-bastaldy"),
        ("1️⃣ орын", "1-oryn"),
        ("👍🏽", ""),
        ("№5 үй, 60 ㎡", "no5-uy-60-m2"),
    ],
)
def test_emoji_are_no_words_of_slugs(title, slug):
    assert latin_slug(title) == slug


def test_a_long_title_is_cut_at_a_word():
    slug = latin_slug("Қызылорда облысы әкімдігінің ұйымдастыруымен " * 5)
    assert len(slug) <= MAX_SLUG_LENGTH
    assert slug.endswith(("qyzylorda", "oblysy", "akimdiginin", "uyymdastyruymen"))


def test_an_article_gets_its_slug_from_its_title(homes):
    article = make_article(make_section(homes["kk"]), title="Әкімдік есебі")
    assert article.slug == "akimdik-esebi"
    assert article.url == "/kk/qogam/akimdik-esebi/"


def test_two_articles_of_one_title_get_two_addresses(homes):
    section = make_section(homes["kk"])
    slugs = {make_article(section, title="Форум").slug for _ in range(2)}
    assert slugs == {"forum", "forum-2"}


def test_a_published_address_does_not_follow_the_title(homes):
    article = make_article(make_section(homes["kk"]), title="Форум")
    article.title = "Ұлттық форум"
    article.save_revision().publish()
    article.refresh_from_db()
    assert article.slug == "forum"
