"""Translations in each state of the desk, and releases."""

import json
from typing import Any

from django.test import Client
from wagtail_localize.models import Translation

from newsroom.articles.models import ArticlePage
from newsroom.translation.exchange.memory.pairs import Pair
from newsroom.translation.exchange.memory.units import take
from newsroom.translation.models import Release, SegmentComment, TranslationStatus
from newsroom.translation.releases.publishing import publish as publish_release
from newsroom.translation.review.actions import approve, hand_in, send_back
from newsroom.translation.segments import save_segment, segments_of
from tests.factories import locale_of
from tests.translation.articles import (
    paragraphs,
    republish,
    submit,
    translate,
    translate_one,
)
from tests.translation.manual_edits.editing import edit, restart, stop
from tests.upgrades.content.articles import FAR_FUTURE, article

State = TranslationStatus.State


def make_translations(users: dict[str, Any], client: Client) -> None:
    """Create a translation in each state of the desk that the demo does not have."""
    translator, editor = users["translator-ru"], users["editor"]

    def begun(title: str, *more: str) -> Translation:
        page = article(title, f"{title}: бірінші сөйлем.", *more)
        return submit(page, locale_of("ru"))

    def complete(title: str) -> Translation:
        translation = begun(title, "Екінші сөйлем.")
        translate(translation)
        return translation

    started = begun("Кітапхана жаңа ғимаратқа көшті", "Оқырмандар көп.")
    translate_one(started, "Оқырмандар көп.", "Читателей много.")
    segment = segments_of(started)[0]
    SegmentComment.objects.create(
        translation=started,
        context_id=segment.context,
        string_id=segment.string,
        author=translator,
        text="Қалай аударамыз?",
    )
    machine = begun("Көпір жөнделді")
    for segment in segments_of(machine):
        save_segment(
            machine,
            segment.context,
            segment.string,
            f"[{segment.source}]",
            user=translator,
            machine="libretranslate",
        )
    read = begun("Аурухана жабдықталды")
    for machine_name in ("libretranslate", ""):  # a draft, which a person then accepts
        for segment in segments_of(read)[:1]:
            save_segment(
                read,
                segment.context,
                segment.string,
                "Больница оборудована",
                user=translator,
                machine=machine_name,
            )
    unfinished = begun("Мектеп ашылды")
    segment = segments_of(unfinished)[0]
    save_segment(
        unfinished,
        segment.context,
        segment.string,
        "Школа…",
        user=translator,
        is_unfinished=True,
    )
    complete("Саябақ кеңейтілді")
    hand_in(complete("Театр маусымы басталды"), user=translator)
    rejected = complete("Су бағасы өзгерді")
    hand_in(rejected, user=translator)
    send_back(rejected, user=editor, comment="Атауын түзетіңіз.")
    approve(complete("Жол салынды"), user=editor)
    planned = complete("Көрме өтеді").get_target_instance()
    planned = ArticlePage.objects.get(pk=planned.pk)
    planned.go_live_at = FAR_FUTURE
    planned.save_revision(user=editor).publish(user=editor)
    outdated = complete("Егін жиналды")
    outdated.save_target(publish=True)
    page = ArticlePage.objects.get(title="Егін жиналды")
    body = json.dumps(paragraphs(page, "Егін толық жиналды.", "Екінші сөйлем."))
    republish(page, body=body)
    edited = complete("Дәрігерлер кездесті")
    edited.save_target(publish=True)
    stop(client, edited)
    edit(edited, publish=True, lead="Қолмен өзгертілген [Врачи встретились].")
    restart(client, edited)
    pair = Pair("kk", "Жүз жылдық мерей", "ru", "Столетний юбилей")
    take([pair], user=translator, file_name="memory.tmx")
    row = TranslationStatus.objects.get(
        translation_key=machine.source.object_id, locale=locale_of("ru")
    )
    row.translator, row.note = translator, "Асығыс"
    row.due = FAR_FUTURE.date()
    row.save()


def make_releases(users: dict[str, Any]) -> None:
    codes = ("kk", "ru", "en")
    for title, moment in (
        ("Бірге шығатын мақала", FAR_FUTURE),
        ("Бірге шыққан мақала", None),
    ):
        page = article(title, f"{title}: үш тілде.", live=False)
        for code in ("ru", "en"):
            translation = submit(page, locale_of(code))
            translate(translation)
            approve(translation, user=users["admin"])
        release = Release.objects.create(
            translation_key=page.translation_key,
            created_by=users["editor"],
            publish_at=moment,
        )
        release.locales.set([locale_of(code) for code in codes])
        if moment is None:
            publish_release(release, user=users["editor"])
