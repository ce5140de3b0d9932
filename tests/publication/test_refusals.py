"""On every way to publish, a refusal is a message and other pages are published."""

import pytest
from django.urls import reverse
from wagtail.models import DraftStateMixin, Page, WorkflowState
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import TranslationSource

from newsroom.articles.models import ArticlePage
from newsroom.articles.refusals import Reason, vetoes
from newsroom.translation.segments import save_segment, segments_of
from tests.factories import make_article
from tests.translation.articles import submit, translate
from tests.translation.segments import account


@pytest.fixture
def editor(client, db):
    user = account("editor", "News editors")
    client.force_login(user)
    return user


def is_live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


def form_of(client, page) -> dict:
    """Return the fields of the page editor's form as a browser posts them."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    form = response.context["form"]
    posted = {}
    parts = [form, *form.formsets.values()]
    for part in parts:
        for field in getattr(part, "management_form", part):
            value = field.value()
            posted[field.html_name] = "" if value is None else value
    posted["body-count"] = "0"
    posted["published_at"] = "2026-01-01 10:00"
    return {name: value for name, value in posted.items() if name != "body"}


def bulk(client, pages, **form):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    back = reverse("wagtailadmin_explore", args=[pages[0].get_parent().pk])
    query = "&".join([f"next={back}", *(f"id={page.pk}" for page in pages)])
    return client.post(f"{url}?{query}", form, follow=True)


def test_bulk_publish_publishes_the_others_and_gives_reasons_for_refusals(
    client, editor, drafts, refused, committed
):
    Page.objects.filter(pk=drafts[4].pk).update(slug="taken")
    revision = drafts[1].get_latest_revision()
    revision.content["slug"] = "taken"
    revision.save()
    with committed():
        html = bulk(client, drafts).content.decode()
    assert [is_live(page) for page in drafts] == [False, False, True, True, True]
    assert "“Т 0” was not published: Not like this." in html
    assert "“Т 1” was not published: Slug: " in html
    assert "3 pages have been published" in html


def test_bulk_publish_of_refused_pages_alone_claims_no_success(
    client, editor, drafts, refused, committed
):
    with committed():
        html = bulk(client, drafts[:1]).content.decode()
    assert "“Т 0” was not published: Not like this." in html
    assert "published</" not in html
    assert "0 pages" not in html


def test_bulk_publish_with_descendants_publishes_the_others(
    client, editor, section, drafts, refused, committed
):
    with committed():
        response = bulk(client, [section], include_descendants="on")
    html = response.content.decode()
    assert [is_live(page) for page in drafts] == [False, True, True, True, True]
    assert "“Т 0” was not published: Not like this." in html
    assert "4 child pages" in html


def test_bulk_publish_checks_permissions_for_each_page(
    client, drafts, homes, committed
):
    client.force_login(account("russian", "Language editors: ru"))
    with committed():
        bulk(client, drafts)
    assert not any(is_live(page) for page in drafts)


def test_the_page_editor_keeps_what_was_typed_as_a_draft(
    client, editor, drafts, refused, committed
):
    page = drafts[0]
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    posted = form_of(client, page) | {"lead": "Typed.", "action-publish": "1"}
    with committed():
        response = client.post(url, posted, follow=True)
    assert "was saved as a draft, not published: Not like this." in (
        response.content.decode()
    )
    assert not is_live(page)
    draft = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.lead == "Typed."


def test_an_old_revision_that_is_published_again_may_be_refused(
    client, editor, drafts, refused, committed
):
    page = drafts[0]
    first = page.get_latest_revision()
    page.save_revision()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    posted = form_of(client, page) | {"action-publish": "1", "revision": first.pk}
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    for address in (url, revert):
        with committed():
            response = client.post(address, posted, follow=True)
        assert "not published: Not like this." in response.content.decode()
    assert not is_live(page)


@pytest.mark.parametrize("way", ["dialog", "form"])
def test_an_approval_whose_publication_is_refused_is_a_message(
    client, editor, drafts, refused, committed, way
):
    page = ArticlePage.objects.get(pk=drafts[0].pk)
    with committed():
        page.get_workflow().start(page, account("author", "Journalists"))
    page = ArticlePage.objects.get(pk=page.pk)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if way == "dialog":
        task = page.current_workflow_task_state.pk
        url = reverse(
            "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task]
        )
        response = client.post(
            url,
            headers={"x-requested-with": "XMLHttpRequest", "referer": edit},
        )
        assert response.json() == {"step": "success", "redirect": edit}
        response = client.get(edit)
    else:
        posted = form_of(client, page) | {
            "lead": "Typed.",
            "action-workflow-action": "1",
            "workflow-action-name": "approve",
        }
        response = client.post(edit, posted, follow=True, headers={"referer": edit})
        draft = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert draft.lead == "Typed."
    assert "Not like this." in response.content.decode()
    assert not is_live(page)
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    refused.clear()
    task = page.current_workflow_task_state
    with committed():
        task.task.specific.on_action(task, editor, "approve")
    assert is_live(page)


def test_publishing_all_translations_publishes_the_others(
    client, article, locales, committed
):
    client.force_login(account("editor", "News editors"))
    with committed():
        made = {code: submit(article, locales[code]) for code in ("ru", "en")}
        for translation in made.values():
            translate(translation)
    segment = segments_of(made["ru"])[0]
    save_segment(
        made["ru"], segment.context, segment.string, "Машина", user=None, machine="M"
    )
    source = TranslationSource.objects.get_for_instance(article)
    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    with committed():
        response = client.post(url, {"publish_translations": "on"}, follow=True)
    assert "was not published: 1 segment was translated by a machine" in (
        response.content.decode()
    )
    versions = ArticlePage.objects.filter(translation_key=article.translation_key)
    live = versions.live().values_list("locale__language_code", flat=True)
    assert set(live) == {"kk", "en"}


def test_a_new_article_that_is_refused_is_kept_as_a_draft(
    client, editor, section, committed
):
    """Created and published at once: an address of the site itself is no slug."""
    url = reverse(
        "wagtailadmin_pages:add", args=["articles", "articlepage", section.pk]
    )
    first = make_article(section, title="Басы", live=False)
    posted = form_of(client, first) | {"title": "Жаңа", "lead": "", "slug": ""}
    response = client.post(url, posted | {"action-publish": "1"})
    assert response.status_code == 200  # the form names the field that is empty
    assert response.context["form"].errors["lead"]


def test_an_article_created_and_published_at_once_and_refused_is_kept_as_a_draft(
    client, editor, section, committed
):
    def veto(page):
        return [Reason("test", "Not like this.")] if page.title == "Жаңа" else []

    vetoes.append(veto)
    try:
        url = reverse(
            "wagtailadmin_pages:add", args=["articles", "articlepage", section.pk]
        )
        first = make_article(section, title="Басы", lead="Бар мәтін", live=False)
        posted = form_of(client, first) | {"title": "Жаңа", "slug": ""}
        with committed():
            response = client.post(url, posted | {"action-publish": "1"}, follow=True)
    finally:
        vetoes.remove(veto)
    page = ArticlePage.objects.get(title="Жаңа")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert response.redirect_chain[-1][0] == edit
    text = response.content.decode()
    assert "was saved as a draft, not published: Not like this." in text
    assert "has been published" not in text
    assert (page.live, page.first_published_at) == (False, None)
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.lead) == ("Жаңа", "Бар мәтін")
    assert page.get_parent().pk == section.pk
    assert [page.title for page in ArticlePage.objects.live()] == []


def test_no_snippet_has_drafts_whose_publication_could_be_refused():
    assert not [
        model for model in get_snippet_models() if issubclass(model, DraftStateMixin)
    ]
