"""A translator of one language can change nothing in another, at any URL."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Page, Revision
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation

from newsroom.articles.models import ArticlePage
from newsroom.translation.models import Release, SegmentComment, TranslationStatus
from newsroom.translation.segments import segments_of
from tests.translation.articles import submit, translate

# These end the session, or fail on purpose.
LEFT_OUT = {"logout/", "login/", "failwhale/"}
TRANSLATORS, EDITORS = "Translators: ru", "Language editors: ru"


def patterns(resolver=None, namespace="") -> list[tuple[str, URLPattern]]:
    """Return every address of the admin, by its name."""
    found = []
    for pattern in (resolver or admin()).url_patterns:
        if isinstance(pattern, URLResolver):
            found += patterns(pattern, pattern.namespace or namespace)
        elif pattern.name and str(pattern.pattern) not in LEFT_OUT:
            name = f"{namespace}:{pattern.name}" if namespace else pattern.name
            found.append((name, pattern))
    return found


def admin() -> URLResolver:
    (resolver,) = [
        pattern
        for pattern in get_resolver().url_patterns
        if str(pattern.pattern) == "admin/"
    ]
    return resolver


@pytest.fixture
def translator(client, article, locales, committed):
    user = get_user_model().objects.create_user("translator")
    user.groups.add(Group.objects.get(name="Translators: ru"))
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return user


@pytest.fixture
def english(article, locales, committed) -> Translation:
    with committed():
        translation = submit(article, locales["en"])
        translate(translation)
    return translation


def snapshot() -> dict:
    """Return all that could be changed in the Kazakh and English trees."""
    elsewhere = Page.objects.exclude(locale__language_code="ru")
    return {
        "pages": list(elsewhere.order_by("pk").values()),
        "articles": list(
            ArticlePage.objects.exclude(locale__language_code="ru")
            .order_by("pk")
            .values("pk", "title", "lead", "body", "live")
        ),
        "revisions": Revision.objects.page_revisions()
        .filter(
            object_id__in=[str(pk) for pk in elsewhere.values_list("pk", flat=True)]
        )
        .count(),
        "texts": list(
            StringTranslation.objects.exclude(locale__language_code="ru")
            .order_by("pk")
            .values("pk", "data", "translation_type")
        ),
        "translations": list(Translation.objects.order_by("pk").values()),
        "versions": list(
            TranslationStatus.objects.order_by("pk").values("pk", "translator", "note")
        ),
        "releases": Release.objects.count(),
        "comments": SegmentComment.objects.count(),
    }


@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
@pytest.mark.parametrize(
    ("role", "method"),
    [
        *((TRANSLATORS, method) for method in ("get", "post", "put", "delete")),
        *((EDITORS, method) for method in ("get", "post")),
    ],
)
def test_no_address_lets_those_of_russian_touch_kazakh_or_english_pages(
    client, translator, article, english, locales, method, role
):
    client.raise_request_exception = False  # Wagtail's own, where a form lacks fields
    translator.groups.set([Group.objects.get(name=role)])
    target = english.get_target_instance()
    segment = segments_of(english)[0]
    before = snapshot()
    tried, entered = 0, []
    for page in (article, target):
        numbers = {
            "translation": english.pk,
            "translation_id": english.pk,
            "string_segment_id": english.source.stringsegment_set.first().pk,
            "locale_id": locales["en"].pk,
            "revision_id": page.latest_revision_id or 1,
            "pk": english.pk,
        }
        form = {
            "title": "Changed",
            "slug": "changed",
            "action-publish": "1",
            "action": "save",
            "publish": "1",
            "value": "Changed",
            "locales": [locales["en"].pk],
            "new_parent_page": page.get_parent().pk,
            f"text-{segment.key}": "Changed",
            f"seen-{segment.key}": segment.translation,
            "segment": segment.key,
            "text": "Changed",
            "external-link-chooser-url": "https://example.org/",
            "email-link-chooser-email_address": "a@example.org",
        }
        for name, pattern in patterns():
            arguments = {
                argument: numbers.get(argument, page.pk)
                for argument in pattern.pattern.converters
            }
            try:
                url = reverse(name, kwargs=arguments)
            except NoReverseMatch:  # an address of words: it is of no page
                continue
            tried += 1
            response = getattr(client, method)(url, **sent(method, form))
            if arguments and response.status_code == 200:
                entered.append(name)
    assert tried > 200
    assert snapshot() == before
    assert set(entered) <= READ_BY_ALL


def sent(method: str, form: dict) -> dict:
    if method in ("put", "delete"):
        return {"data": json.dumps(form), "content_type": "application/json"}
    return {"data": form if method == "post" else {}}


# Wagtail asks these questions of everybody, and refuses the answer (posted above).
READ_BY_ALL = {
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_editing_sessions:release",
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:move_confirm",
}


def test_a_russian_translator_does_the_russian_work(
    client, translator, article, locales, committed
):
    with committed():
        russian = submit(article, locales["ru"])
    segment = segments_of(russian)[0]
    url = reverse("translation_desk:segments", args=[russian.pk])
    client.post(
        url,
        {
            "action": "save",
            f"text-{segment.key}": "Перевод",
            f"seen-{segment.key}": "",
        },
    )
    assert segments_of(russian)[0].translation == "Перевод"
    target = russian.get_target_instance()
    assert target.permissions_for_user(translator).can_edit()
    assert not target.permissions_for_user(translator).can_publish()
    edit = reverse("wagtailadmin_pages:edit", args=[target.pk])
    assert client.get(edit).status_code == 200
