"""The segment page: translation, and concurrent saves of other users."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from newsroom.translation.models import TranslationStatus
from newsroom.translation.segments import save_segment
from newsroom.translation.sources import target_of
from tests.factories import make_article
from tests.translation.articles import paragraphs, state, submit
from tests.translation.segments import key_of, post, text_of, url_of

State = TranslationStatus.State


def test_the_desk_links_to_the_segments(client, translation, translator):
    html = client.get(reverse("translation_desk:index")).content.decode()
    assert url_of(translation) in html
    html = client.get(url_of(translation)).content.decode()
    assert "Бірінші сөйлем." in html
    assert "0 of 4 segments translated" in html


def test_every_text_that_was_written_is_saved_whichever_button_is_pressed(
    client, translation, translator
):
    key = key_of(translation, "Бірінші сөйлем.")
    texts = {"Бірінші сөйлем.": "Первое.", "Екінші сөйлем.": "Второе."}
    response = post(client, translation, f"save:{key}", **texts)
    assert "2 segments have been saved." in response.content.decode()
    assert response.redirect_chain[-1][0].endswith(f"#s{key}")
    assert text_of(translation, "Екінші сөйлем.") == "Второе."
    saved = StringTranslation.objects.get(data="Первое.")
    assert saved.last_translated_by == translator
    assert state(target_of(translation), "ru").percent == 50


def test_a_text_that_is_emptied_is_no_translation_any_more(
    client, translation, translator
):
    post(client, translation, "save", **{"Бірінші сөйлем.": "Первое."})
    post(client, translation, "save", **{"Бірінші сөйлем.": ""})
    assert text_of(translation, "Бірінші сөйлем.") == ""
    assert not StringTranslation.objects.filter(locale=translation.target_locale)


def test_a_text_saved_by_another_user_is_not_overwritten(
    client, translation, translator
):
    source, key = "Бірінші сөйлем.", key_of(translation, "Бірінші сөйлем.")
    context, string = map(int, key.split("-"))
    save_segment(translation, context, string, "Чужое.", user=None)
    form = {f"seen-{key}": "", f"text-{key}": "Моё.", "action": "save"}
    html = client.post(url_of(translation), form).content.decode()
    assert text_of(translation, source) == "Чужое."
    assert "Чужое." in html
    assert ">Моё.</textarea>" in html
    # Having seen it, the translator may decide.
    client.post(url_of(translation), form | {f"seen-{key}": "Чужое."})
    assert text_of(translation, source) == "Моё."


def test_segments_are_shown_as_text_and_stored_clean(client, translation, translator):
    nasty = "<script>alert(1)</script>Первое<img src=x onerror=alert(1)>"
    response = post(client, translation, "save", **{"Бірінші сөйлем.": nasty})
    assert "<script>alert" not in response.content.decode()
    assert "script" not in text_of(translation, "Бірінші сөйлем.")
    assert "onerror" not in text_of(translation, "Бірінші сөйлем.")


def test_the_segments_shown_can_be_narrowed(client, translation, translator):
    post(client, translation, "save", **{"Бірінші сөйлем.": "Первое 300."})
    page = client.get(url_of(translation), {"show": "untranslated"})
    assert [row.segment.source for row in page.context["rows"]] == [
        "Қалалардың болашағы",
        "Форум өтті.",
        "Екінші сөйлем.",
    ]
    page = client.get(url_of(translation), {"show": "warnings"})
    (row,) = page.context["rows"]
    assert "The number 300 is not in the original." in page.content.decode()
    assert row.label == "Paragraph"


def test_pages_of_any_length_cost_the_same(
    client, translation, translator, article, sections, locales, committed
):
    counts = []
    with committed():
        texts = [f"Сөйлем {number} туралы." for number in range(60)]
        body = paragraphs(None, *texts)
        import json

        long = make_article(sections["kk"], title="Ұзақ", body=json.dumps(body))
        many = submit(long, locales["ru"])
    for one in (translation, many):
        client.get(url_of(one))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url_of(one)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
