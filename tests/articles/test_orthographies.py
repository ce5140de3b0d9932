"""Articles in a former orthography: on their page, in the editor, and in search."""

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page
from wagtail.users.models import UserProfile

from newsroom.articles.index_documents import document_of
from newsroom.articles.models import ArticlePage
from newsroom.articles.orthographies import choices_of, orthographies_of
from newsroom.corrections.content import content_of
from search.index.facet_values import pk_of
from search.index.term_statistics import apply_all_deltas
from search.models import Entry, FacetValue
from tests.articles.editing import add_url, article_form, edit_url
from tests.factories import locale_of, make_article, make_section

pytestmark = pytest.mark.django_db

TAG = "kk-Latn-x-1929"
TITLE, LEAD, TEXT = "Baj men kedej", "Ceker az, nan kөp.", "Çaꞑa zaman keldi."
ARABIC = {"title": "غىلىم", "lead": "خالىق", "orthography": "kk-Arab-x-1912"}
LANGUAGES = ("kk", "ru", "en")


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


@pytest.fixture
def article(section) -> ArticlePage:
    return make_article(
        section,
        title=TITLE,
        lead=LEAD,
        body=[("paragraph", f"<p>{TEXT}</p>")],
        orthography=TAG,
    )


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_user("editor", "editor@example.org")
    user.groups.add(Group.objects.get(name="News editors"))
    profile = UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return profile


def page_of(client, article: Page, prefix: str = "kk") -> BeautifulSoup:
    answer = client.get(article.url.replace("/kk/", f"/{prefix}/", 1))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize("prefix", ["kk", "kk-latn", "kk-arab"])
def test_the_text_stays_as_it_was_printed_in_every_script_of_the_site(
    client, article, prefix
):
    page = page_of(client, article, prefix)
    for selector, text in (
        ("h1", TITLE),
        (".article__lead", LEAD),
        (".article__body", TEXT),
    ):
        found = page.select_one(selector)
        assert found.get_text(strip=True) == text
        assert (found["lang"], found["dir"]) == (TAG, "ltr")
    # What is the site's own is in the script of the page.
    kind = page.select_one(".article__kicker span").get_text(strip=True)
    assert (kind == "Жаңалық") is (prefix == "kk")


@pytest.mark.parametrize("prefix", ["kk", "kk-latn", "kk-arab"])
def test_a_text_in_arabic_letters_runs_from_right_to_left(client, section, prefix):
    page = page_of(client, make_article(section, **ARABIC), prefix)
    title = page.h1
    assert title.get_text(strip=True) == ARABIC["title"]
    assert (title["lang"], title["dir"]) == (ARABIC["orthography"], "rtl")


def test_a_cyrillic_text_of_1940_is_converted_like_one_of_today(client, section):
    article = make_article(section, title="Тӯрмыс", orthography="kk-Cyrl-x-1940")
    title = page_of(client, article).h1
    assert (title["lang"], title.get_text(strip=True)) == ("kk-Cyrl-x-1940", "Тӯрмыс")
    title = page_of(client, article, "kk-latn").h1
    assert (title["lang"], title.get_text(strip=True)) == ("kk-Latn", "Tūrmys")
    title = page_of(client, article, "kk-arab").h1
    assert (title["lang"], title["dir"]) == ("kk-Arab", "rtl")


def test_corrections_below_an_old_text_are_in_the_language_of_today(client, article):
    article.corrections.create(text="Күні түзетілді.")
    article.save_revision().publish()
    box = page_of(client, article, "kk-latn").select_one(".corrections")
    assert box["lang"] == "kk-Latn"
    assert "Künı tüzetıldı." in box.get_text()


def test_an_article_without_a_declared_orthography_has_no_lang_of_its_own(
    client, section
):
    page = page_of(client, make_article(section, title="Qazaqtьꞑ baj tyrmьsь"))
    assert not page.h1.has_attr("lang")


def test_the_record_of_an_old_text_names_its_orthography(client, section, article):
    name = "1929–38 жылдардағы латын әліпбиі"
    assert name in page_of(client, article).select_one(".record").get_text()
    ours = make_article(section, title="Бүгінгі мақала")
    assert "Жазу түрі" not in page_of(client, ours).get_text()


def test_a_list_gives_the_orthography_of_each_headline(client, section, article):
    make_article(section, title="Бүгінгі мақала")
    headlines = page_of(client, section).select(".teaser__headline")
    assert {one.get_text(strip=True): one.get("lang") for one in headlines} == {
        TITLE: TAG,
        "Бүгінгі мақала": None,
    }


def test_a_hit_and_its_feed_and_json_give_the_orthography(client, article):
    asked = {"q": "шекер"}
    html = client.get("/kk-arab/search/", asked).content
    hit = BeautifulSoup(html, "html.parser").select_one(".hit")
    for selector in (".hit__title", ".hit__excerpt"):
        found = hit.select_one(selector)
        assert (found["lang"], found["dir"]) == (TAG, "ltr")
    assert hit.mark.get_text() == "Ceker"
    feed = ElementTree.fromstring(client.get("/kk/search/feed.atom", asked).content)
    entry = feed.find("{http://www.w3.org/2005/Atom}entry")
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == TAG
    (result,) = client.get("/kk/search/results.json", asked).json()["results"]
    assert (result["language"], result["written_in"]) == ("kk", TAG)


def test_the_words_beside_the_filter_are_read_in_the_orthography(client, article):
    for query in ("baj жазу:latn-1929", "baj письмо:latn-1929", "baj script:latn-1929"):
        for language in LANGUAGES:
            answer = client.get(f"/{language}/search/results.json", {"q": query})
            assert [one["title"] for one in answer.json()["results"]] == [TITLE]


def test_readers_are_not_offered_the_filter_by_script(client, section, article):
    make_article(section, title="Бай мен шекер")
    apply_all_deltas()
    html = client.get("/kk/search/", {"q": "бай"}).content.decode()
    hits = BeautifulSoup(html, "html.parser").select(".hit__title")
    assert {" ".join(hit.get_text().split()) for hit in hits} == {
        TITLE,
        "Бай мен шекер",
    }
    assert "1929–38" not in html


def test_an_article_of_today_has_the_script_of_its_letters(section):
    for title, key in (
        ("Бай мен шекер", "cyrl"),
        ("Qazaqtьꞑ baj tyrmьsь", "latn-1929"),
        ("قازاقستان", "arab"),
    ):
        article = make_article(section, title=title, lead=title)
        entry = Entry.objects.get(key=f"page:{article.pk}")
        assert entry.tag == ""
        assert key in {value.key for value in _scripts_of(entry)}


def _scripts_of(entry: Entry):
    pks = map(pk_of, entry.value_ids)
    return FacetValue.objects.filter(pk__in=pks, facet="script")


@pytest.mark.parametrize("code", ["ru", "en"])
def test_an_article_in_a_language_with_one_script_has_no_script(homes, code):
    article = make_article(make_section(homes[code]), title="Qazaqtьꞑ baj")
    assert not _scripts_of(Entry.objects.get(key=f"page:{article.pk}")).exists()


def test_the_change_of_the_orthography_alone_reaches_the_search(article):
    article.orthography = ""
    article.save(update_fields=["orthography"])
    assert Entry.objects.get(key=f"page:{article.pk}").tag == ""


# Editing.


def test_the_editor_of_a_kazakh_article_offers_the_orthographies_of_kazakh(
    client, editor, section
):
    names = {
        "en": "Latin letters of 1929–38",
        "ru": "Латиница 1929–38 годов",
        "kk": "1929–38 жылдардағы латын әліпбиі",
    }
    for language, name in names.items():
        editor.preferred_language = language
        editor.save()
        html = client.get(add_url(section)).content
        field = BeautifulSoup(html, "html.parser").select_one("[name=orthography]")
        offered = {one["value"]: one.get_text() for one in field.select("option")}
        assert list(offered) == ["", *orthographies_of("kk")]
        assert offered[TAG] == name


@pytest.mark.parametrize("code", ["ru", "en"])
def test_the_editor_of_other_languages_does_not_mention_it(client, editor, homes, code):
    section = make_section(homes[code])
    html = client.get(add_url(section)).content.decode()
    assert 'name="lead"' in html
    assert 'name="orthography"' not in html
    client.post(add_url(section), article_form(orthography=TAG))
    assert ArticlePage.objects.child_of(section).get().orthography == ""


def test_an_editor_sets_and_removes_the_orthography(client, editor, section, article):
    for tag in ("kk-Arab-x-1912", ""):
        form = article_form(orthography=tag) | {"action-publish": "on"}
        assert client.post(edit_url(article), form).status_code == 302
        article.refresh_from_db()
        assert article.orthography == tag
        assert Entry.objects.get(key=f"page:{article.pk}").tag == tag


def test_an_unknown_orthography_is_refused_and_nothing_is_lost(client, editor, article):
    answer = client.post(
        edit_url(article), article_form(title="Жаңа атау", orthography="kk-Latn-x-1066")
    )
    assert answer.status_code == 200
    assert "kk-Latn-x-1066 is not one of the available choices" in answer.text
    assert "Жаңа атау" in answer.text
    article.refresh_from_db()
    assert article.orthography == TAG


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "мұндай жазу болмайды"),
        ("ru", "не бывает такой орфографии"),
        ("en", "cannot have this orthography"),
    ],
)
def test_an_orthography_of_another_language_is_refused_in_the_editors_language(
    homes, language, words
):
    russian = make_article(make_section(homes["ru"]), title="Форум")
    russian.orthography = TAG
    with override(language), pytest.raises(ValidationError) as refused:
        russian.full_clean()
    assert words in refused.value.message_dict["orthography"][0]


def test_an_orthography_of_another_language_that_is_stored_harms_nothing(client, homes):
    russian = make_article(make_section(homes["ru"]), title="Форум")
    ArticlePage.objects.filter(pk=russian.pk).update(orthography=TAG)
    russian.refresh_from_db()
    assert document_of(russian).tag == ""
    assert not page_of(client, russian).h1.has_attr("lang")


@pytest.mark.parametrize(
    ("tag", "title", "slug"),
    [
        (TAG, "Çaꞑa ceker", "zhana-sheker"),
        ("kk-Latn-x-1938", "Su tasqьnь", "su-tasqyny"),
        ("kk-Arab-x-1912", "غىلىم", "gylym"),
        ("kk-Cyrl-x-1940", "Тӯрмыс", "turmys"),
        ("kk-Latn", "Jaña şeker", "zhana-sheker"),
        ("", "Ceker", "ceker"),
    ],
)
def test_a_slug_is_made_of_the_title_as_it_is_read(section, tag, title, slug):
    article = make_article(section, title=title, orthography=tag)
    assert article.slug == slug


def test_a_copy_keeps_the_orthography_and_a_translation_has_none(homes, article):
    copied = article.copy(update_attrs={"slug": "kosirme", "title": TITLE})
    assert copied.specific.orthography == TAG
    translated = article.copy_for_translation(locale_of("ru"), copy_parents=True)
    assert translated.orthography == ""
    assert ArticlePage.objects.get(pk=translated.pk).orthography == ""


def test_an_earlier_version_is_shown_in_its_orthography(client, article):
    article.title = "Kedej"
    article.save_revision().publish()
    answer = client.get(f"{article.url}versions/1/")
    title = BeautifulSoup(answer.content, "html.parser").h1
    assert (title.get_text(strip=True), title["lang"]) == (TITLE, TAG)


def test_an_article_without_orthography_has_the_content_that_was_recorded_before(
    section,
):
    assert "orthography" not in content_of(make_article(section))


# The list below a section.


def listed(client, section, **filters: str) -> BeautifulSoup:
    url = reverse("wagtailadmin_explore", args=[section.pk])
    answer = client.get(url, filters)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def titles(page: BeautifulSoup) -> set[str]:
    return {one.get_text(strip=True) for one in page.select(".title-wrapper a")}


def test_an_editor_lists_the_published_articles_of_one_script(
    client, editor, section, article
):
    make_article(section, title="Бай мен шекер")
    make_article(section, title="Қара жұмыс", live=False)
    apply_all_deltas()
    page = listed(client, section)
    offered = {one["value"] for one in page.select("[name=script]")}
    assert offered == {"", "cyrl", "latn-1929"}
    assert titles(listed(client, section, script="latn-1929")) == {TITLE}
    assert titles(listed(client, section, script="cyrl")) == {"Бай мен шекер"}
    assert titles(listed(client, section, script="latn-1929", q="baj")) <= {TITLE}
    assert len(titles(listed(client, section))) == 3


def test_the_filter_by_script_is_offered_only_where_there_are_several(
    client, editor, section
):
    make_article(section, title="Бай мен шекер")
    apply_all_deltas()
    assert not listed(client, section).select("[name=script]")
    assert titles(listed(client, section, script="latn-1929")) == {"Бай мен шекер"}


def test_sections_of_a_language_with_one_script_have_no_such_filter(
    client, editor, homes, section, article
):
    make_article(section, title="Бай мен шекер")
    apply_all_deltas()
    russian = make_section(homes["ru"])
    make_article(russian, title="Сахар")
    assert listed(client, section).select("[name=script]")
    page = listed(client, russian, script="latn-1929")
    assert not page.select("[name=script]")
    assert titles(page) == {"Сахар"}


def test_the_filter_in_an_address_is_named_in_the_readers_language(client, article):
    for language, name in (
        ("kk", "1929–38 жылдардағы латын әліпбиі"),
        ("ru", "Латиница 1929–38 годов"),
    ):
        asked = {"q": "ceker", "script": "latn-1929", "language": "all"}
        page = client.get(f"/{language}/search/", asked).content.decode()
        assert TITLE in BeautifulSoup(page, "html.parser").get_text()
        assert name in page


def test_every_orthography_has_a_name_in_each_interface_language():
    for language in LANGUAGES:
        with override(language):
            names = [str(name) for _tag, name in choices_of("kk")]
            assert len(set(names)) == len(names) == 6
            assert not any(name.startswith(("latn", "arab", "cyrl")) for name in names)
