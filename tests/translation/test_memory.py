"""The translation memory and the concordance."""

import json

import pytest
from django.urls import reverse

from newsroom.translation.memory import store
from newsroom.translation.segments import segments_of
from tests.factories import make_article
from tests.translation.articles import paragraphs, submit, translate
from tests.translation.segments import account, post, text_of, url_of


def test_a_similar_earlier_text_is_suggested_with_the_difference(
    client, translation, translator, sections, locales, committed
):
    old = "Қызылорда қаласында ұлттық урбанистік форум ашылды."
    new = "Қызылорда қаласында екінші ұлттық урбанистік форум ашылды."
    with committed():
        earlier = submit(make_article(sections["kk"], title=old), locales["ru"])
        translate(earlier, {old: "Открылся форум."})
        later = submit(make_article(sections["kk"], title=new), locales["ru"])
    rows = client.get(url_of(later)).context["rows"]
    (suggestion,) = rows[0].suggestions
    assert suggestion.text == "Открылся форум."
    assert 75 <= suggestion.percent < 100
    assert [p.text.strip() for p in suggestion.pieces if p.kind == "added"] == [
        "екінші"
    ]
    key = rows[0].segment.key
    post(client, later, f"use:{key}:0")
    assert text_of(later, new) == "Открылся форум."


def test_the_memory_works_in_the_other_direction_too(
    sections, locales, committed, translation
):
    with committed():
        earlier = submit(
            make_article(sections["kk"], title="Қала дамиды"), locales["ru"]
        )
        translate(earlier, {"Қала дамиды": "Город быстро развивается сегодня"})
        back = submit(
            make_article(sections["ru"], title="Город быстро развивается сейчас"),
            locales["kk"],
        )
    found = store.suggestions(
        segments_of(back), source=locales["ru"].pk, target=locales["kk"].pk, code="ru"
    )
    texts = [one.text for one in found[segments_of(back)[0].key]]
    assert texts == ["Қала дамиды"]


def test_rebuilding_the_memory_restores_its_keys(
    translation, locales, sections, committed
):
    translate(translation)
    before = set(store.MemoryKey.objects.values_list("text", "locale", "kind", "key"))
    store.MemoryKey.objects.all().delete()
    assert store.rebuild() == 4
    after = set(store.MemoryKey.objects.values_list("text", "locale", "kind", "key"))
    assert before == after != set()


@pytest.mark.parametrize("query", ["қаланың", "qalanyñ", "город", "городах"])
def test_the_concordance_finds_any_form_in_any_script(
    client, translation, translator, query
):
    post(
        client,
        translation,
        "save",
        **{"Қалалардың болашағы": "Будущее городов", "Форум өтті.": "Прошёл форум."},
    )
    page = client.get(reverse("translation_desk:concordance"), {"q": query})
    assert [row.data for row in page.context["object_list"]] == ["Будущее городов"]
    assert "Қалалардың болашағы" in page.content.decode()


def test_the_concordance_shows_nothing_of_what_a_user_may_not_see(
    client, translation, article
):
    translate(translation)
    client.force_login(account("kazakh", "Translators: en"))
    article.unpublish()
    page = client.get(reverse("translation_desk:concordance"), {"q": "форум"})
    assert not page.context["object_list"]


def test_the_concordance_has_as_many_pages_as_it_needs(
    client, translator, sections, locales, committed
):
    texts = [f"Тасқын {number} туралы сөйлем." for number in range(60)]
    with committed():
        long = make_article(
            sections["kk"], title="Ұзақ", body=json.dumps(paragraphs(None, *texts))
        )
        translate(submit(long, locales["ru"]))
    url = reverse("translation_desk:concordance")
    first = client.get(url, {"q": "тасқын"})
    second = client.get(url, {"q": "тасқын", "p": "2"})
    sizes = [len(page.context["object_list"]) for page in (first, second)]
    assert sizes == [50, 10]
    assert "p=2" in first.content.decode()
    assert client.get(url, {"q": "тасқын", "p": "x"}).status_code == 200
