"""The translation desk: contents and actions by role."""

import uuid
from copy import copy
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import override
from wagtail.models import GroupPagePermission

from newsroom.articles.models import ArticlePage
from newsroom.translation.desk.views import DeskPaginator
from newsroom.translation.models import TranslationStatus
from newsroom.worker.models import Job
from tests.factories import make_article
from tests.translation.articles import republish, state, submit, translate
from tests.worker.working import do_jobs

State = TranslationStatus.State
DESK = reverse("translation_desk:index")


def headlines(client, **parameters) -> list[str]:
    response = client.get(DESK, parameters)
    assert response.status_code == 200
    return [row.headline for row in response.context["table"].data]


def cell(client, article, code: str):
    response = client.get(DESK)
    rows = {row.translation_key: row for row in response.context["table"].data}
    locale = state(article, code).locale_id
    return rows[article.translation_key].cells[locale]


@pytest.fixture
def journalist(log_in):
    return log_in("Journalists")


@pytest.fixture
def editor(log_in):
    return log_in("News editors")


def test_an_article_is_shown_in_all_its_languages(journalist, article, published):
    assert headlines(journalist) == [article.title]
    html = journalist.get(DESK).content.decode()
    for shown in ("Original", "Live", "Not started"):
        assert shown in html


@pytest.mark.parametrize("role", ["Journalists", "News editors"])
def test_each_cell_links_to_the_next_step(
    log_in, role, article, locales, committed, published
):
    client = log_in(role)
    submitted = reverse("wagtail_localize:submit_page_translation", args=[article.pk])
    assert cell(client, article, "en").url == f"{submitted}?select_locale=en"
    with committed():
        translation = submit(article, locales["en"])
    draft = translation.get_target_instance()
    segments = reverse("translation_desk:segments", args=[translation.pk])
    may_edit = draft.permissions_for_user(
        get_user_model().objects.get(username=role)
    ).can_edit()
    assert may_edit
    assert cell(client, article, "en").url == segments
    target = ArticlePage.objects.get(pk=published.get_target_instance().pk)
    assert cell(client, article, "ru").url == target.url
    republish(article, title="Басқа тақырып")
    changes = reverse("translation_desk:changes", args=[published.pk])
    assert cell(client, article, "ru").url == changes
    assert client.get(changes).status_code == 200


def test_a_stranger_to_pages_does_not_see_the_desk(client, article):
    user = get_user_model().objects.create_user("guest")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get(DESK).status_code == 302
    assert DESK not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_desk_is_in_the_menu(journalist):
    assert DESK in journalist.get(reverse("wagtailadmin_home")).content.decode()


def test_a_draft_is_shown_to_those_who_translate_it_and_to_no_others(
    client, log_in, sections, locales, committed
):
    with committed():
        draft = make_article(sections["kk"], title="Жоба", live=False)
        translation = submit(draft, locales["ru"])
    log_in("Translators: en")
    assert headlines(client) == []
    log_in("Translators: ru")
    assert headlines(client) == [draft.title]
    segments = reverse("translation_desk:segments", args=[translation.pk])
    assert cell(client, draft, "ru").url == segments
    assert cell(client, draft, "kk").url == ""


def test_a_translator_of_one_language_may_edit_that_one_only(
    client, homes, article, locales, published, committed
):
    group = Group.objects.create(name="Russian desk")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=homes["ru"],
        permission=Permission.objects.get(codename="change_page"),
    )
    user = get_user_model().objects.create_user("translator")
    user.groups.add(group)
    client.force_login(user)
    with committed():
        submit(article, locales["en"])
    republish(article, title="Басқа тақырып")
    assert "/changes/" in cell(client, article, "ru").url
    assert cell(client, article, "en").url == ""
    make_article(article.get_parent().specific, live=False, title="Жоба")
    assert headlines(client) == ["Басқа тақырып"]


def test_articles_that_waited_longest_come_first(journalist, sections):
    new, old = (make_article(sections["kk"], title=t) for t in ("Жаңа", "Ескі"))
    TranslationStatus.objects.filter(translation_key=old.translation_key).update(
        waiting_since=timezone.now() - timedelta(days=8)
    )
    assert headlines(journalist) == [old.title, new.title]
    assert headlines(journalist, ordering="-waiting_since") == [new.title, old.title]
    assert headlines(journalist, waiting="7") == [old.title]


def test_filters_ask_for_one_translation_that_answers_all(
    journalist, article, published, sections
):
    make_article(sections["ru"], title="Заявление", kind=ArticlePage.Kind.STATEMENT)
    assert headlines(journalist, state=State.LIVE) == [article.title]
    assert headlines(journalist, state=State.LIVE, language="en") == []
    assert headlines(journalist, state=State.NOT_STARTED, language="kk") == [
        "Заявление"
    ]
    assert headlines(journalist, kind="statement") == ["Заявление"]
    key = sections["kk"].translation_key
    assert len(headlines(journalist, section=str(key))) == 2
    assert len(headlines(journalist, state="nonsense")) == 2


def test_the_translator_can_be_filtered_by(journalist, article, sections):
    make_article(sections["kk"], title="Басқа")
    user = get_user_model().objects.get(username="Journalists")
    TranslationStatus.objects.filter(pk=state(article, "ru").pk).update(translator=user)
    assert headlines(journalist, translator=user.pk) == [article.title]
    response = journalist.get(reverse("translation_desk:index"))
    choices = response.context["filters"].form.fields["translator"].choices
    assert [pk for pk, _label in choices if pk] == [
        user.pk
    ]  # the current user comes first


@pytest.mark.parametrize(
    "text", ["қала", "қалаларымыздың", "qalalardyn", "Qalalar", "قالا", "болаш"]
)
def test_a_headline_is_found_in_any_script_and_form(
    journalist, article, sections, text
):
    make_article(sections["kk"], title="Су тасқыны")
    assert headlines(journalist, q=text) == [article.title]


def test_a_headline_is_found_by_its_translation(journalist, article, published):
    target = ArticlePage.objects.get(pk=published.get_target_instance().pk)
    republish(target, title="Будущее городов")
    assert headlines(journalist, q="город будущего") == [article.title]
    assert headlines(journalist, q="город прошлого") == []


def fill(count: int, article) -> None:
    """Create the rows that *count* more articles would have."""
    rows = list(
        TranslationStatus.objects.filter(translation_key=article.translation_key)
    )
    copies = []
    for _ in range(count):
        key = uuid.uuid4()
        for row in rows:
            values = {f.attname: getattr(row, f.attname) for f in row._meta.fields}
            copies.append(
                TranslationStatus(**{**values, "id": None, "translation_key": key})
            )
    TranslationStatus.objects.bulk_create(copies)


@pytest.mark.parametrize("role", ["Journalists", "News editors"])
def test_the_number_of_queries_does_not_grow(log_in, role, article, published):
    client = log_in(role)
    republish(article, title="Басқа тақырып")
    client.get(DESK)
    counts = []
    for more in (0, 50, 450):
        fill(more, article)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(DESK)
        counts.append(len(queries))
        shown = min(more + 1, 50)
        assert len(response.context["table"].data) == shown or more == 450
    assert counts[0] == counts[1] == counts[2]


@pytest.mark.parametrize(
    ("language", "label"),
    [("kk", "2 мақала"), ("ru", "2 статьи"), ("en", "2 articles")],
)
def test_articles_are_counted_below_the_list(language, label):
    with override(language):
        assert DeskPaginator(["a", "b"], 7).items_count_label == label


def test_an_invalid_page_number_is_no_error(journalist, article):
    assert headlines(journalist, p="99") == [article.title]


def bulk(name: str, *articles) -> str:
    numbers = "&".join(f"article={state(a, 'kk').pk}" for a in articles)
    return f"{reverse(f'translation_desk:{name}')}?{numbers}"


def test_articles_are_submitted_together(journalist, article, sections, locales):
    other = make_article(sections["kk"], title="Басқа")
    url = bulk("submit", article, other)
    assert other.title in journalist.get(url).content.decode()
    codes = [locales["ru"].pk, locales["en"].pk]
    response = journalist.post(url, {"languages": codes})
    do_jobs()
    html = journalist.get(response["Location"]).content.decode()
    assert "4 of 4" in html
    assert other.title in html
    assert {state(a, c).state for a in (article, other) for c in ("ru", "en")} == {
        State.IN_PROGRESS
    }


def test_an_existing_translation_is_not_submitted_again(
    journalist, article, locales, published
):
    target = ArticlePage.objects.get(pk=published.get_target_instance().pk)
    journalist.post(bulk("submit", article), {"languages": [locales["ru"].pk]})
    again = ArticlePage.objects.get(pk=target.pk)
    assert again.latest_revision_id == target.latest_revision_id


def test_any_number_is_submitted_in_as_many_queries(journalist, article, locales):
    counts = []
    for more in (4, 495):
        _more_articles(article, more)
        with CaptureQueriesContext(connection) as queries:
            response = journalist.post(
                reverse("translation_desk:submit") + "?all=1",
                {"languages": [locales["ru"].pk]},
            )
        assert response.status_code == 302
        counts.append(len(queries))
    assert Job.objects.latest("pk").items.count() == 500
    assert counts[1] - counts[0] <= 3  # SQLite takes 166 rows in one statement


def _more_articles(article, count: int) -> None:
    rows = TranslationStatus.objects.filter(translation_key=article.translation_key)
    copies = []
    for _ in range(count):
        key = uuid.uuid4()
        for row in rows:
            row.pk, row.translation_key = None, key
            copies.append(copy(row))
    TranslationStatus.objects.bulk_create(copies)


def test_all_that_the_filters_show_are_submitted(
    journalist, article, sections, locales
):
    make_article(sections["kk"], title="Басқа")
    shown = {"all": 1, "q": "қаланың"}
    url = f"{reverse('translation_desk:submit')}?{urlencode(shown)}"
    journalist.post(url, {"languages": [locales["ru"].pk]})
    (item,) = Job.objects.get().items.all()
    assert item.subject == f"{article.title} (ru)"


def test_an_article_deleted_before_its_job_item_is_reported(
    journalist, article, sections, locales
):
    other = make_article(sections["kk"], title="Басқа")
    languages = {"languages": [locales["ru"].pk]}
    response = journalist.post(bulk("submit", article, other), languages)
    other.delete()
    do_jobs()
    html = journalist.get(response["Location"]).content.decode()
    assert "The article is no longer there." in html
    assert state(article, "ru").state == State.IN_PROGRESS


def test_an_assignment_is_stored_and_shown_in_the_cell(editor, article, locales):
    user = get_user_model().objects.get(username="News editors")
    yesterday = timezone.localdate() - timedelta(days=1)
    form = {
        "languages": [locales["ru"].pk],
        "translator": user.pk,
        "due": yesterday.isoformat(),
        "note": "Асығыс",
    }
    assert editor.get(bulk("assign", article)).status_code == 200
    assert editor.post(bulk("assign", article), form).status_code == 302
    row = state(article, "ru")
    assert (row.translator, row.due, row.note) == (user, yesterday, "Асығыс")
    assert state(article, "en").translator is None
    assert cell(editor, article, "ru").is_overdue
    html = editor.get(DESK).content.decode()
    assert "Асығыс" in html
    assert "Overdue since" in html


def test_a_journalist_cannot_assign_translators(journalist, article):
    url = bulk("assign", article)
    assert journalist.get(url)["Location"] == reverse("wagtailadmin_home")
    assert reverse("translation_desk:assign") not in (
        journalist.get(DESK).content.decode()
    )


def test_an_action_without_ticked_articles_shows_a_message(editor):
    response = editor.get(reverse("translation_desk:submit"), follow=True)
    assert "Tick at least one article first." in response.content.decode()


def test_a_finished_version_is_never_overdue(editor, article, published):
    TranslationStatus.objects.update(due=date(2020, 1, 1))
    assert not cell(editor, article, "ru").is_overdue
    assert cell(editor, article, "en").is_overdue


def test_a_translation_in_progress_shows_how_far_it_is(editor, article, locales):
    translate(submit(article, locales["ru"]))
    TranslationStatus.objects.filter(locale=locales["ru"]).update(
        segments_translated=1, state=State.IN_PROGRESS
    )
    assert "25%" in editor.get(DESK).content.decode()
