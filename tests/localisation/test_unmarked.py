"""Words that Wagtail and wagtail-localize left in English, marked from outside."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.template.loader import get_template
from django.template.loaders import app_directories
from django.utils.translation import override
from wagtail.admin.forms import choosers
from wagtail.models import Collection, Page, Task, Workflow
from wagtail_localize.models import StringTranslation

from newsroom.localisation.first_names import translate_first_names
from newsroom.localisation.unmarked import (
    LABELS,
    LITERALS,
    MODELS,
    NAMES,
    VALUES,
    mark_template,
)


@pytest.mark.parametrize("name", [*LITERALS, *VALUES])
def test_marked_words_still_exist_in_wagtails_templates(name):
    """After an upgrade of Wagtail that marks a word itself, ours has to go."""
    loader = app_directories.Loader(get_template(name).template.engine)
    text = loader.get_template(name).source
    assert mark_template(name, text) != text


def test_a_marked_word_is_read_in_kazakh():
    template = get_template("wagtailadmin/shared/headers/_actions.html")
    with override("kk"):
        assert 'aria-label="Әрекеттер"' in template.render()
    with override("en"):
        assert 'aria-label="Actions"' in template.render()


def test_other_templates_are_left_as_they_are():
    text = '<input type="submit" value="Search">'
    assert mark_template("wagtailadmin/login.html", text) == text


def test_the_names_of_models_are_read_in_kazakh():
    with override("en"):
        assert _names_of_models() >= NAMES
    with override("kk"):
        assert _names_of_models() >= {"тіл", "тілдер", "түпнұсқа", "аударма"}


def _names_of_models() -> set[str]:
    names = set()
    for options in (apps.get_model(label)._meta for label in MODELS):
        names.add(str(options.verbose_name_plural))
        names |= {str(named.verbose_name) for named in (options, *options.fields)}
    return names


def test_the_dialogs_of_links_are_labelled_in_kazakh():
    for name, labels in LABELS.items():
        form = getattr(choosers, name)()
        with override("en"):
            assert {form[field].label for field in labels} == set(labels.values())
        with override("kk"):
            assert form["link_text"].label == "Сілтеме мәтіні"


def test_the_dates_of_translated_segments_are_in_figures():
    moment = datetime(2026, 11, 26, tzinfo=UTC)
    segment = StringTranslation(translation_type="manual", updated_at=moment)
    with override("kk"):
        assert segment.get_comment() == "Қолмен аударылды: 26.11.2026"


def test_wagtails_own_names_are_stored_in_the_sites_language(db):
    assert Workflow.objects.filter(name="Бекіту").exists()
    assert Task.objects.filter(name="Бекіту").exists()
    assert Page.get_first_root_node().title == "Барлық бет"
    assert Collection.get_first_root_node().name == "Негізгі жинақ"


def test_names_given_by_the_newsroom_are_kept(db):
    Page.objects.filter(depth=1).update(title="Мұрағат")
    translate_first_names()
    assert Page.get_first_root_node().title == "Мұрағат"
