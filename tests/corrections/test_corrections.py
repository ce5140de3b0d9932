"""Corrections: permissions, where readers see them, and search."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail_localize.models import Translation

from newsroom.corrections.models import Correction
from newsroom.translation.models import TranslationStatus
from search.models import Entry
from tests.corrections.articles import (
    body_with,
    correct,
    member,
    publish,
    soup_of,
    words,
)
from tests.factories import locale_of, make_article
from tests.translation.articles import submit, translate

TEXT = "Форумға бес емес, алты жүз адам келді."


@pytest.fixture
def editor(client, db):
    user = member("News editors")
    client.force_login(user)
    return user


def post(client, article, **data):
    version = article.published_versions.last()
    form = {
        "kind": "correction",
        "text": TEXT,
        "version": version.pk if version else "",
        "date": "2026-05-12 10:00",
    }
    return client.post(reverse("corrections:add", args=[article.pk]), form | data)


def test_an_editor_adds_a_correction_that_the_next_publication_shows(
    client, editor, article
):
    post(client, article, version="")
    assert TEXT not in client.get(article.url).content.decode()
    publish(article, body=body_with(article, **{"бес": "алты"}))
    html = soup_of(client.get(article.url))
    box = html.find(id="corrections")
    assert TEXT in words(box)
    assert "2026 жылғы 12 мамыр" in words(box)
    links = [link["href"] for link in box.find_all("a")]
    assert links == [
        f"{article.url}versions/1/changes/",
        f"{article.url}versions/1/",
    ]
    header = html.find("a", href="#corrections")
    assert "2026 жылғы 12 мамыр" in words(header)
    log = PageLogEntry.objects.get(action="newsroom.correction.add")
    assert (log.user, log.data["text"]) == (editor, TEXT)


def test_a_correction_of_what_is_published_already_is_shown_at_once(
    client, editor, article
):
    page = publish(article, lead="Екінші.")
    form = client.get(reverse("corrections:add", args=[page.pk])).context["form"]
    assert form["version"].value() == page.published_versions.last().pk
    post(client, page)
    assert TEXT in client.get(page.url).content.decode()


def test_with_a_draft_waiting_the_next_publication_is_offered(client, editor, article):
    article.lead = "Жоба."
    article.save_revision()
    form = client.get(reverse("corrections:add", args=[article.pk])).context["form"]
    assert not form["version"].value()


def test_the_date_of_a_correction_defaults_to_today(client, editor, article):
    form = client.get(reverse("corrections:add", args=[article.pk])).context["form"]
    assert form["date"].value()


def test_the_first_version_corrects_nothing_that_could_be_read(client, editor, article):
    post(client, article)
    box = soup_of(client.get(article.url)).find(id="corrections")
    assert TEXT in words(box)
    assert box.find("a") is None


def test_an_earlier_version_has_the_corrections_of_its_time(client, corrected):
    correct(corrected, "Тағы бір түзету.")
    publish(corrected, lead="Үшінші.")
    html = soup_of(client.get(f"{corrected.url}versions/2/"))
    assert "Бес емес, алты." in words(html.article)
    assert "Тағы бір түзету." not in words(html.article)
    assert "Тағы бір түзету." in words(html.find("aside", class_="version-notice"))


def test_the_list_names_corrections_with_the_version_that_brought_them(
    client, corrected
):
    publish(corrected, lead="Үшінші.")
    items = soup_of(client.get(f"{corrected.url}versions/")).main.ol.find_all(
        "li", recursive=False
    )
    assert ["Бес емес" in words(item) for item in items] == [False, True, False]
    hrefs = [[link["href"] for link in item.find_all("a")] for item in items]
    below = f"{corrected.url}versions/"
    assert hrefs == [
        [corrected.url, f"{below}2/changes/3/"],
        [f"{below}2/", f"{below}1/changes/2/"],
        [f"{below}1/"],
    ]


def test_a_small_edit_is_listed_and_shouts_nowhere(client, article):
    page = publish(article, lead="Екінші.")
    html = soup_of(client.get(page.url))
    assert html.find(id="corrections") is None
    assert html.find("a", href="#corrections") is None
    assert html.find("a", href=f"{page.url}versions/")


def test_an_article_published_once_offers_no_versions(client, article):
    html = soup_of(client.get(article.url))
    assert html.find("a", href=f"{article.url}versions/") is None


def test_a_correction_can_be_found(client, corrected):
    Correction.objects.update(text="Түзету: құтқарушылар.")
    Correction.objects.get().save()
    entry = Entry.objects.get(key=f"page:{corrected.pk}")
    assert "құтқарушылар" in entry.body
    assert corrected.title in words(
        soup_of(client.get("/kk/search/", {"q": "құтқарушыларды"})).main
    )
    Correction.objects.get().delete()
    entry.refresh_from_db()
    assert "құтқарушылар" not in entry.body


def test_a_correction_that_waits_cannot_be_found(corrected):
    correct(corrected, "Әлі жарияланбаған.")
    assert "Әлі" not in Entry.objects.get(key=f"page:{corrected.pk}").body


def test_a_correction_is_changed_and_deleted(client, editor, corrected):
    correction = Correction.objects.get()
    address = reverse("corrections:edit", args=[corrected.pk, correction.pk])
    data = {
        "kind": "update",
        "text": "Толықтырылды.",
        "version": correction.version_id,
        "date": "2026-05-12 10:00",
    }
    client.post(address, data)
    assert "Толықтырылды." in client.get(corrected.url).content.decode()
    client.post(reverse("corrections:delete", args=[corrected.pk, correction.pk]))
    assert "Толықтырылды." not in client.get(corrected.url).content.decode()
    actions = PageLogEntry.objects.filter(action__startswith="newsroom.correction")
    assert list(actions.order_by("pk").values_list("action", flat=True)) == [
        "newsroom.correction.change",
        "newsroom.correction.delete",
    ]


def test_a_correction_of_another_article_is_not_reached(client, editor, corrected):
    other = make_article(corrected.get_parent().specific, title="Басқа")
    correction = Correction.objects.get()
    for name in ("edit", "delete"):
        address = reverse(f"corrections:{name}", args=[other.pk, correction.pk])
        assert client.get(address, follow=True).status_code == 404


@pytest.mark.parametrize(
    "role", ["Journalists", "Translators: kk", "Language editors: ru"]
)
def test_only_who_may_publish_the_article_corrects_it(client, article, role):
    client.force_login(member(role))
    for name in ("article", "add"):
        response = client.get(reverse(f"corrections:{name}", args=[article.pk]))
        assert response.status_code == 302, "the admin's refusal"
    post(client, article)
    assert not Correction.objects.exists()


def test_an_editor_of_the_language_corrects_but_does_not_withdraw(client, corrected):
    client.force_login(member("Language editors: kk"))
    page = client.get(reverse("corrections:article", args=[corrected.pk]))
    assert page.status_code == 200
    withdrawal = reverse("corrections:withdraw", args=[corrected.pk, 1])
    assert withdrawal not in page.content.decode()
    client.post(withdrawal, {"reason": "Сот"})
    client.post(reverse("corrections:give_back", args=[corrected.pk, 1]))
    assert not corrected.published_versions.filter(withdrawn_at__isnull=False).exists()


def test_an_editor_withdraws_a_version_and_gives_it_back(client, editor, corrected):
    withdrawal = reverse("corrections:withdraw", args=[corrected.pk, 1])
    assert client.get(withdrawal).status_code == 200
    client.post(withdrawal, {"reason": ""})
    assert client.get(f"{corrected.url}versions/1/").status_code == 200
    client.post(withdrawal, {"reason": "Сот шешімі"})
    assert client.get(f"{corrected.url}versions/1/").status_code == 410
    listing = client.get(reverse("corrections:article", args=[corrected.pk]))
    assert "Сот шешімі" in listing.content.decode()
    box = soup_of(client.get(corrected.url)).find(id="corrections")
    assert box.find("a") is None, "what was corrected is no longer to be read"
    client.post(reverse("corrections:give_back", args=[corrected.pk, 1]))
    assert client.get(f"{corrected.url}versions/1/").status_code == 200


def test_the_current_version_cannot_be_withdrawn(client, editor, corrected):
    address = reverse("corrections:withdraw", args=[corrected.pk, 2])
    assert client.get(address, follow=True).status_code == 404


def test_the_page_editor_links_to_the_corrections(client, editor, article):
    page = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    assert reverse("corrections:article", args=[article.pk]) in page.content.decode()


@pytest.fixture
def russian(homes, corrected, django_capture_on_commit_callbacks):
    """Return the Russian version of the corrected article, published."""
    with django_capture_on_commit_callbacks(execute=True):
        translation = submit(corrected, locale_of("ru"))
        translate(translation)
        translation.save_target(publish=True)
    return translation.get_target_instance()


def test_a_translation_does_not_inherit_corrections(client, russian):
    assert not russian.corrections.exists()
    assert "Бес емес" not in client.get(russian.url).content.decode()
    assert russian.published_versions.count() == 1


def test_a_translation_is_corrected_in_its_own_language(
    client, editor, corrected, russian
):
    page = client.get(reverse("corrections:article", args=[russian.pk]))
    assert "Бес емес, алты." in words(soup_of(page)), "what the others say of theirs"
    post(client, russian, text="Не пять, а шесть.")
    html = soup_of(client.get(russian.url))
    assert "Не пять, а шесть." in words(html.find(id="corrections"))
    assert html.find(class_="corrections__text")["lang"] == "ru"
    assert "Не пять" not in client.get(corrected.url).content.decode()


def test_the_pages_of_a_translation_link_to_its_corrections(client, editor, russian):
    translation = Translation.objects.get(source__object_id=russian.translation_key)
    address = reverse("corrections:article", args=[russian.pk])
    section = reverse("wagtailadmin_explore", args=[russian.get_parent().pk])
    segments = reverse("translation_desk:segments", args=[translation.pk])
    for page in (section, segments):
        assert address in client.get(page).content.decode()
    client.force_login(member("Translators: ru"))
    assert address not in client.get(segments).content.decode()


def test_translators_read_the_corrections_of_the_original(
    client, editor, corrected, russian
):
    publish(corrected, body=body_with(corrected, **{"алты": "жеті"}))
    translation = Translation.objects.get(source__object_id=corrected.translation_key)
    page = client.get(reverse("translation_desk:changes", args=[translation.pk]))
    assert "Бес емес, алты." in words(soup_of(page))


def test_a_corrected_source_makes_its_translations_outdated(corrected, russian):
    correct(corrected, "Алты емес, жеті.")
    publish(corrected, body=body_with(corrected, **{"алты": "жеті"}))
    row = TranslationStatus.objects.get(target=russian)
    assert row.state == TranslationStatus.State.OUTDATED


def test_an_updated_translation_is_a_version_of_its_own(
    client, corrected, russian, django_capture_on_commit_callbacks
):
    publish(corrected, body=body_with(corrected, **{"алты": "жеті"}))
    translation = Translation.objects.get(source__object_id=corrected.translation_key)
    translate(translation)
    correct(russian, "Не шесть, а семь.")
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert russian.published_versions.count() == 2
    changes = soup_of(client.get(f"{russian.url}versions/1/changes/")).main
    assert "жеті" in words(changes.find(class_="change__text"))
    assert "Не шесть, а семь." in words(changes)
