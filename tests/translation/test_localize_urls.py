"""wagtail-localize's own URLs require the same permissions as the desk."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.urls import resolve, reverse
from wagtail.models import Page
from wagtail_localize.wagtail_hooks import register_admin_urls

from newsroom.translation import localize_urls
from newsroom.translation.models import TranslationStatus
from newsroom.translation.review.actions import hand_in
from newsroom.translation.segments import segments_of
from tests.translation.articles import submit, translate
from tests.translation.segments import account


@pytest.fixture
def russian(translation, committed):
    with committed():
        translate(translation)
    return translation


def log_in(client, *groups: str):
    user = account("someone", *groups)
    client.force_login(user)
    return user


def test_all_translations_are_published_by_those_who_may_publish_each(
    client, russian, committed
):
    journalist = log_in(client, "Journalists")
    url = reverse("wagtail_localize:update_translations", args=[russian.source_id])
    with committed():
        assert client.post(url, {"publish_translations": "on"}).status_code == 302
    assert not russian.get_target_instance().live  # Wagtail sends them home
    with committed():
        client.post(url, {})
    journalist.groups.set(Group.objects.filter(name="News editors"))
    with committed():
        client.post(url, {"publish_translations": "on"})
    assert russian.get_target_instance().live


def test_no_page_becomes_an_alias(client, russian):
    log_in(client, "News editors")
    page = russian.get_target_instance()
    client.post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]))
    assert Page.objects.get(pk=page.pk).alias_of_id is None


def test_wagtail_localizes_editor_cannot_change_a_text_in_review(
    client, russian, committed
):
    translator = log_in(client, "Translators: ru")
    segment = segments_of(russian)[0]
    number = russian.source.stringsegment_set.get(
        string=segment.string, context=segment.context
    ).pk
    url = reverse("wagtail_localize:edit_string_translation", args=[russian.pk, number])

    def put(text: str):
        form = "application/x-www-form-urlencoded"
        return client.put(url, urlencode({"value": text}), content_type=form)

    with committed():
        assert put("До проверки").status_code == 200
        hand_in(russian, user=translator)
    put("Во время проверки")
    assert segments_of(russian)[0].translation == "До проверки"
    client.post(reverse("wagtail_localize:stop_translation", args=[russian.pk]))
    russian.refresh_from_db()
    assert russian.enabled


def test_work_is_given_out_in_ones_own_language(
    client, article, russian, locales, committed
):
    user = log_in(client, "Language editors: ru")
    with committed():
        submit(article, locales["en"])
    rows = TranslationStatus.objects.filter(translation_key=article.translation_key)
    original = rows.originals().get()
    url = f"{reverse('translation_desk:assign')}?article={original.pk}"
    both = [locales["ru"].pk, locales["en"].pk]
    client.post(url, {"languages": both, "translator": user.pk})
    assert not rows.exclude(translator=None).exists()
    with committed():
        client.post(url, {"languages": both[:1], "translator": user.pk})
    assert list(rows.exclude(translator=None).values_list("locale", flat=True)) == [
        locales["ru"].pk
    ]


# The views of wagtail-localize that the desk guards, and those that it leaves as they
# are, with the reason.
GUARDED = {
    "edit_string_translation",
    "edit_override",
    "upload_pofile",
    "download_pofile",
    "machine_translate",
    "stop_translation",
    "update_translations",
    "convert_to_alias",
}
LEFT = {
    "javascript_catalog": "holds words of the interface alone",
    "submit_page_translation": "asks for the permission to submit translations",
    "submit_snippet_translation": "asks for the permission to submit translations",
    "preview_translation": "asks for the permission to edit the page",
    "translations_report": "lists pages that the user may explore",
    "translations_report_results": "lists pages that the user may explore",
    "snippets_api_listing": "asks for access to the admin",
    "snippets_api_detail": "asks for access to the admin",
}


def localize_routes() -> dict[str, str]:
    """Return {name: route} of every view of wagtail-localize."""
    (resolver,) = register_admin_urls()
    return {pattern.name: str(pattern.pattern) for pattern in resolver.url_patterns}


def test_every_view_of_wagtail_localize_is_guarded_or_named():
    assert set(localize_routes()) == GUARDED | set(LEFT)


def test_guarded_views_answer_at_the_urls_of_wagtail_localize():
    guarded = {str(pattern.pattern) for pattern in localize_urls.urlpatterns}
    routes = localize_routes()
    assert guarded == {f"localize/{routes[name]}" for name in GUARDED}
    views = {pattern.callback for pattern in localize_urls.urlpatterns}
    for name in GUARDED:
        wanted = dict.fromkeys(re.findall(r":(\w+)>", routes[name]), 1)
        url = reverse(f"wagtail_localize:{name}", kwargs=wanted)
        assert views & set(wrapped(resolve(url).func)), name


def wrapped(view) -> Iterator[object]:
    """Yield *view* and the views inside its decorators."""
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)
