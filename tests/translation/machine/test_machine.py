"""Machine translation: drafts for a person to accept, and failures without effect."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.urls import reverse
from environ import Env

from newsroom.articles.models import ArticlePage
from newsroom.translation.machine.configuration import machine_translator
from newsroom.translation.models import TranslationStatus
from newsroom.translation.segments import segments_of
from newsroom.translation.sources import target_of
from newsroom.worker.models import Job, JobItem
from tests.factories import make_article
from tests.translation.articles import paragraphs, state, submit, translate_one
from tests.translation.machine.libretranslate import running
from tests.worker.working import do_jobs


@pytest.fixture
def machine(settings):
    with running() as machine:
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = machine_translator(
            env(
                MACHINE_TRANSLATOR="libretranslate",
                MACHINE_TRANSLATOR_URL=machine.url,
                MACHINE_TRANSLATOR_KEY="key",
                MACHINE_TRANSLATOR_TIMEOUT="1",
            )
        )
        yield machine


def env(**values: str) -> Env:
    made = Env()
    made.ENVIRON = values
    return made


@pytest.fixture
def editor(log_in):
    return log_in("News editors")


def ask(client, article, locale) -> JobItem:
    """Choose the article on the desk, have it translated, and wait."""
    number = state(article, "kk").pk
    url = f"{reverse('translation_desk:machine')}?article={number}"
    assert client.get(url).status_code == 200
    client.post(url, {"languages": [locale.pk]})
    do_jobs()
    return Job.objects.latest("pk").items.get()


def translation_of(article, code: str):
    return (
        TranslationStatus.objects.select_related("translation__source")
        .get(translation_key=article.translation_key, locale__language_code=code)
        .translation
    )


def test_untranslated_segments_become_drafts_that_are_marked(
    machine, editor, article, locales, committed
):
    with committed():
        translation = submit(article, locales["ru"])
    translate_one(translation, "Форум өтті.", "Прошёл форум.")
    item = ask(editor, article, locales["ru"])
    assert item.state == JobItem.State.DONE
    (asked,) = machine.asked
    assert asked["q"] == ["Қалалардың болашағы", "Бірінші сөйлем.", "Екінші сөйлем."]
    assert (asked["source"], asked["target"], asked["format"]) == ("kk", "ru", "html")
    texts = {
        s.source: (s.translation, s.is_machine_made) for s in segments_of(translation)
    }
    assert texts["Форум өтті."] == ("Прошёл форум.", False)
    assert texts["Бірінші сөйлем."] == ("RU Бірінші сөйлем.", True)
    assert not target_of(translation).live


def test_machine_translation_starts_a_missing_translation(
    machine, editor, article, locales
):
    ask(editor, article, locales["en"])
    segments = segments_of(translation_of(article, "en"))
    assert all(segment.is_machine_made for segment in segments)


def test_a_long_article_is_asked_for_in_parts(machine, editor, sections, locales):
    texts = [f"{number}-сөйлем." for number in range(80)]
    body = json.dumps(paragraphs(None, *texts))
    article = make_article(sections["kk"], title="Ұзақ", body=body)
    assert ask(editor, article, locales["ru"]).state == JobItem.State.DONE
    assert [len(asked["q"]) for asked in machine.asked] == [50, 32]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("429", "is overloaded"),
        ("403", "refuses the site"),
        ("413", "too long"),
        ("500", "has failed (500)"),
        ("hang", "did not answer in time"),
        ("cut", "cannot be used"),
        ("fewer", "cannot be used"),
        ("another form", "cannot be used"),
        ("empty", "left segments out: 1"),
    ],
)
def test_a_failed_machine_translation_changes_nothing_and_gives_the_reason(
    machine, editor, article, locales, committed, fault, reason
):
    with committed():
        translation = submit(article, locales["ru"])
    machine.fault = fault
    item = ask(editor, article, locales["ru"])
    assert item.state == JobItem.State.FAILED
    assert reason in item.message
    assert not any(segment.translation for segment in segments_of(translation))
    assert reason.replace("'", "&#x27;") in (
        editor.get(reverse("translation_desk:index")).content.decode()
    )
    machine.fault = ""
    ask(editor, article, locales["ru"])
    assert state(article, "ru").machine_error == ""


def test_a_partly_failed_machine_translation_stores_nothing(
    machine, editor, sections, locales
):
    machine.fault = "second fails"
    texts = [f"{number}-сөйлем." for number in range(80)]
    body = json.dumps(paragraphs(None, *texts))
    article = make_article(sections["kk"], title="Ұзақ", body=body)
    assert ask(editor, article, locales["ru"]).state == JobItem.State.FAILED
    segments = segments_of(translation_of(article, "ru"))
    assert not any(segment.translation for segment in segments)


def test_an_unreachable_machine_translator_is_reported(
    machine, editor, article, locales, settings
):
    options = settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR["OPTIONS"]
    options["LIBRETRANSLATE_URL"] = "http://127.0.0.1:9"
    assert "cannot be reached" in ask(editor, article, locales["ru"]).message


def test_lost_numbers_are_shown_and_hostile_markup_is_sanitised(
    machine, editor, sections, locales
):
    article = make_article(sections["kk"], title="300 адам келді")
    machine.fault = "numbers lost"
    ask(editor, article, locales["ru"])
    translation = translation_of(article, "ru")
    url = reverse("translation_desk:segments", args=[translation.pk])
    assert "The number 300 is missing" in editor.get(url).content.decode()
    machine.fault = "script"
    ask(editor, article, locales["en"])
    texts = [s.translation for s in segments_of(translation_of(article, "en"))]
    assert not any("script" in text for text in texts)


def publish_in_wagtail_localize(client, translation):
    page = target_of(translation)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, {"action": "publish"}, follow=True)


def publish_by_itself(client, translation):
    with pytest.raises(ValidationError, match="машина"):
        target_of(translation).get_latest_revision().publish()


def publish_by_wagtails_command(client, translation):
    from django.core.management import call_command
    from django.utils import timezone

    revision = target_of(translation).get_latest_revision()
    revision.approved_go_live_at = timezone.now()
    revision.save()
    call_command("publish_scheduled", verbosity=0)


@pytest.mark.parametrize(
    "publish",
    [publish_in_wagtail_localize, publish_by_itself, publish_by_wagtails_command],
)
def test_no_code_path_publishes_a_machine_translation_before_it_is_accepted(
    machine, editor, article, locales, committed, publish
):
    ask(editor, article, locales["ru"])
    translation = translation_of(article, "ru")
    translation.save_target(publish=False)
    with committed():
        publish(editor, translation)
    assert not ArticlePage.objects.get(pk=target_of(translation).pk).live
    url = reverse("translation_desk:segments", args=[translation.pk])
    editor.post(url, {"action": "accept-all", "confirmed": "4"})
    assert not any(segment.is_machine_made for segment in segments_of(translation))
    user = get_user_model().objects.get(username="News editors")
    with committed():
        translation.save_target(user=user, publish=True)
    assert target_of(translation).live


def test_without_a_machine_nothing_is_offered(editor, article):
    url = reverse("translation_desk:machine")
    assert url not in editor.get(reverse("translation_desk:index")).content.decode()
    assert editor.get(url)["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize(
    ("values", "machine"),
    [
        ({}, None),
        (
            {"MACHINE_TRANSLATOR": "deepl", "MACHINE_TRANSLATOR_KEY": "k"},
            "DeepL",
        ),
        ({"MACHINE_TRANSLATOR": "google", "MACHINE_TRANSLATOR_PROJECT": "p"}, "Google"),
    ],
)
def test_the_environment_names_the_machine(values, machine):
    found = machine_translator(env(**values))
    assert found is None if machine is None else machine in found["CLASS"]


def test_an_unknown_machine_is_an_error():
    with pytest.raises(ImproperlyConfigured, match="libretranslate, deepl or google"):
        machine_translator(env(MACHINE_TRANSLATOR="babelfish"))
