"""Published versions stay readable; unpublished ones are never shown."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from newsroom.articles.models import ArticleAuthor, ArticlePage, Person
from newsroom.corrections.models import PublishedVersion
from newsroom.corrections.withdrawing import give_back, withdraw
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


def numbers(article) -> list[int]:
    return list(article.published_versions.light().values_list("number", flat=True))


def get(client, article, below: str):
    return client.get(f"{article.url}versions/{below}")


def test_each_publication_that_changes_something_is_a_version(article):
    assert numbers(article) == [1]
    publish(article)
    assert numbers(article) == [1], "nothing was changed"
    publish(article, lead="Басқа.")
    publish(article, seo_title="Форум")
    assert numbers(article) == [1, 2], "readers see no title for search engines"


def test_an_earlier_version_is_shown_unchanged_and_marked_as_such(client, corrected):
    response = get(client, corrected, "1/")
    assert response.status_code == 200
    html = soup_of(response)
    assert "Форумға бес жүз адам келді." in words(html.article)
    notice = words(html.find("aside", class_="version-notice"))
    assert "бұрынғы" in notice
    assert "Бес емес, алты." in notice
    assert html.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert html.find("link", rel="canonical")["href"] == corrected.full_url
    assert html.find("link", rel="alternate") is None
    assert html.find("meta", property="og:title") is None
    links = {link["href"] for link in html.find("aside").find_all("a")}
    assert links == {
        corrected.url,
        f"{corrected.url}versions/1/changes/",
        f"{corrected.url}versions/",
    }


def test_the_current_version_is_the_article_itself(client, corrected):
    response = get(client, corrected, "2/")
    assert (response.status_code, response.url) == (302, corrected.url)


@pytest.mark.parametrize("below", ["0/", "3/", "99999999999/", "x/", "1/x/", "1/1/"])
def test_other_urls_below_an_article_are_not_found(client, corrected, below):
    assert get(client, corrected, below).status_code == 404


@pytest.mark.parametrize("below", ["1/changes/1/", "2/changes/", "2/changes/1/"])
def test_changes_go_forward(client, corrected, below):
    assert get(client, corrected, below).status_code == 404


def test_drafts_never_leak(client, corrected):
    draft = ArticlePage.objects.get(pk=corrected.pk)
    draft.title = "Құпия жоба"
    draft.save_revision()
    publish_later = ArticlePage.objects.get(pk=corrected.pk)
    publish_later.lead = "Құпия ертең"
    publish_later.go_live_at = timezone.now() + timedelta(days=1)
    publish_later.save_revision().publish()
    assert numbers(corrected) == [1, 2]
    for below in ("", "1/", "1/changes/"):
        response = get(client, corrected, below)
        assert response.status_code == 200
        assert "Құпия" not in response.content.decode()


def test_a_scheduled_revision_is_a_version_once_it_is_published(client, article):
    page = ArticlePage.objects.get(pk=article.pk)
    page.lead = "Ертең."
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    correct(article)
    assert numbers(article) == [1]
    assert "Бес емес" not in client.get(article.url).content.decode()
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    past = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert numbers(article) == [1, 2]
    assert "Бес емес" in client.get(article.url).content.decode()


def test_a_draft_that_never_was_published_has_no_versions(client, homes, article):
    draft = make_article(article.get_parent().specific, title="Жоба", live=False)
    assert numbers(draft) == []
    assert (
        client.get(f"{article.get_parent().url}{draft.slug}/versions/").status_code
        == 404
    )


@pytest.mark.parametrize("below", ["", "1/", "1/changes/"])
def test_an_unpublished_article_has_no_readable_versions(client, corrected, below):
    corrected.unpublish()
    assert get(client, corrected, below).status_code == 404


@pytest.mark.parametrize("below", ["", "1/", "1/changes/"])
def test_an_expired_article_has_no_readable_versions(client, corrected, below):
    ArticlePage.objects.filter(pk=corrected.pk).update(
        expire_at=timezone.now() - timedelta(days=1)
    )
    call_command("publish_scheduled", verbosity=0)
    assert get(client, corrected, below).status_code == 404


@pytest.mark.parametrize("kind", ["login", "password"])
@pytest.mark.parametrize("below", ["", "1/", "1/changes/"])
def test_a_private_article_asks_for_a_password(client, corrected, kind, below):
    corrected.view_restrictions.create(restriction_type=kind, password="құпия")
    response = client.get(f"{corrected.url}versions/{below}", follow=True)
    assert 'type="password"' in response.content.decode()
    assert "алты" not in response.content.decode()
    assert "Бес емес" not in response.content.decode()


def test_a_restriction_on_the_section_counts_too(client, corrected):
    corrected.get_parent().view_restrictions.create(restriction_type="login")
    assert get(client, corrected, "1/").status_code == 302


def test_versions_published_under_a_restriction_stay_private(client, homes, article):
    restriction = article.view_restrictions.create(restriction_type="login")
    secret = publish(article, lead="Құпия.")
    publish(secret, lead="Ашық.")
    restriction.delete()
    response = get(client, article, "")
    assert "versions/1/" in response.content.decode()
    assert "versions/2/" not in response.content.decode()
    assert get(client, article, "2/").status_code == 404
    assert "Құпия" not in get(client, article, "1/changes/").content.decode()
    publish(article, lead="Тағы.")
    assert get(client, article, "3/").status_code == 200, "it was public in the end"


def test_a_withdrawn_version_answers_410_without_its_text(client, corrected):
    publish(corrected, lead="Үшінші.")
    second = corrected.published_versions.get(number=2)
    withdraw(second, user=member("News editors"), reason="Сот шешімі")
    for below in ("2/", "2/changes/", "1/changes/2/", "2/changes/3/"):
        response = get(client, corrected, below)
        assert response.status_code == 410
        text = words(soup_of(response).main)
        assert "алты" not in text
        assert "Сот" not in text
        assert 'content="noindex"' in response.content.decode()
    listing = soup_of(get(client, corrected, "")).main
    assert not listing.find("a", href=f"{corrected.url}versions/2/")
    # From the first to the third: what changed since a readable version.
    assert get(client, corrected, "1/changes/").status_code == 200
    entry = PageLogEntry.objects.get(action="newsroom.version.withdraw")
    assert entry.data == {"number": 2, "reason": "Сот шешімі"}
    give_back(second, user=None)
    assert get(client, corrected, "2/").status_code == 200


def test_versions_outlive_the_purge_of_revisions(client, corrected):
    publish(corrected, lead="Үшінші.")
    before = Revision.objects.count()
    call_command("purge_revisions", verbosity=0)
    assert Revision.objects.count() < before
    response = get(client, corrected, "1/")
    assert "Форумға бес жүз адам келді." in words(soup_of(response).article)


def test_going_back_to_an_old_revision_is_a_version_of_its_own(client, article):
    first = article.live_revision
    changed = publish(article, lead="Басқа.")
    page = ArticlePage.objects.get(pk=article.pk)
    restored = first.as_object().save_revision()
    restored.publish(previous_revision=first)
    assert numbers(article) == [1, 2, 3]
    text = words(soup_of(get(client, article, "2/changes/")).main)
    assert "Басқа." in text
    assert page.lead == changed.lead
    assert ArticlePage.objects.get(pk=article.pk).lead == article.lead


def test_an_earlier_version_is_shown_without_what_was_deleted_since(client, article):
    person = Person.objects.create(name="Автор", locale=locale_of("kk"))
    page = ArticlePage.objects.get(pk=article.pk)
    page.authors = [ArticleAuthor(person=person)]
    page = publish(page) if page.save_revision().publish() else page
    page = ArticlePage.objects.get(pk=article.pk)
    assert "Автор" in client.get(page.url).content.decode()
    page.authors = []
    page.save_revision().publish()
    assert "Автор" in get(client, page, "2/").content.decode()
    person.delete()
    assert get(client, page, "2/").status_code == 200
    assert get(client, page, "2/changes/").status_code == 200


def test_versions_older_than_their_table_are_taken_from_the_page_log(article):
    publish(article, lead="Екінші.")
    PublishedVersion.objects.all().delete()  # as on a site that did not have them
    publish(article, lead="Үшінші.")
    leads = article.published_versions.light().values_list("content__lead", flat=True)
    assert list(leads) == [article.lead, "Екінші.", "Үшінші."]


def test_a_version_keeps_nothing_of_who_works_on_the_page(article):
    content = article.published_versions.get().content
    assert {"title", "lead", "body", "published_at", "authors"} <= content.keys()
    assert not {"owner", "locked_by", "wagtail_admin_comments"} & content.keys()


def test_a_published_page_that_is_saved_by_itself_is_a_version(article):
    page = ArticlePage.objects.get(pk=article.pk)
    page.lead = "Тікелей."
    page.save(update_fields=["lead"])
    assert numbers(article) == [1, 2]


def test_deleting_the_article_deletes_its_versions(client, corrected):
    ArticlePage.objects.get(pk=corrected.pk).delete()
    assert not PublishedVersion.objects.exists()
    assert not Entry.objects.filter(key=f"page:{corrected.pk}").exists()


def test_more_versions_take_no_more_queries(client, article):
    counts = []
    for number in range(8):
        correct(article, f"Түзету {number}")
        publish(article, body=body_with(article), lead=f"Нұсқа {number}")
        if number in (1, 7):
            with CaptureQueriesContext(connection) as queries:
                for below in ("", "1/", "1/changes/", "1/changes/3/"):
                    assert get(client, article, below).status_code == 200
                client.get(article.url)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_publishing_takes_no_more_queries_with_more_versions(article):
    counts = []
    for number in range(8):
        page = ArticlePage.objects.get(pk=article.pk)
        page.lead = f"Нұсқа {number}"
        revision = page.save_revision()
        with CaptureQueriesContext(connection) as queries:
            revision.publish()
        counts.append(len(queries))
    assert counts[1] == counts[-1]


def test_the_stored_text_is_json_that_other_tools_can_read(article):
    body = article.published_versions.get().content["body"]
    assert body[0]["type"] == "paragraph"
