"""Content of a kept site: a part of the demo, and something of everything else.

Titles and translation keys are fixed, so that the expectations, which name pages by
them, are the same on both databases.
"""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image as PillowImage
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Comment, GroupPagePermission, Page, PageViewRestriction
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from newsroom.articles.models import ArticleAuthor, ArticlePage, Person, SectionPage
from newsroom.corrections.withdrawing import withdraw
from newsroom.demo import content as demo
from newsroom.demo import loading
from newsroom.demo.accounts import create_demo_accounts
from newsroom.files import storages
from newsroom.files.models import PictureCredit
from newsroom.publication.schedule import publish_scheduled
from newsroom.translation.exchange.memory.pairs import Pair
from newsroom.translation.exchange.memory.units import take
from newsroom.translation.models import Release, SegmentComment, TranslationStatus
from newsroom.translation.releases.publishing import publish as publish_release
from newsroom.translation.review.actions import approve, hand_in, send_back
from newsroom.translation.segments import save_segment, segments_of
from newsroom.worker.models import Job, JobItem
from tests.corrections.articles import correct
from tests.factories import locale_of
from tests.publication.test_scheduled import schedule_at
from tests.translation.articles import (
    paragraphs,
    republish,
    submit,
    translate,
    translate_one,
)
from tests.translation.manual_edits.editing import edit, restart, stop
from tests.worker.working import run_waiting

NAMESPACE = uuid.UUID("0b9c1d0e-52f5-4f0e-8d7b-7a2f6f1f2c11")
FAR_FUTURE = datetime(2126, 1, 1, 9, tzinfo=ZoneInfo("Asia/Almaty"))
PUBLISHED_AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Almaty"))
DEMO_ARTICLES = {
    demo.REPORT,
    "kokaral-dam-ten-years",
    "latin-alphabet-2021-draft",
    "national-museum-golden-man",
    "three-new-regions-2022",
}
PICTURE_WIDTH = 240  # pixels: the kept files must stay small
# Accounts of groups that have none in the demo; they cannot log in.
OTHER_ACCOUNTS = {"translator-kk": "Translators: kk", "night": "Редакция: түн"}
State = TranslationStatus.State


def fill() -> None:
    """Fill the migrated database and the media folders of an empty site."""
    with fixed_file_names(), mock.patch.object(loading, "_picture", _picture):
        call_command("setup_site", verbosity=0)
        users = _make_users()
        articles = [one for one in demo.articles() if one.id in DEMO_ARTICLES]
        loading.DemoLoader().load(articles)
        client = Client()
        client.force_login(users["admin"])
        _make_translations(users, client)
        _make_drafts_and_schedules(users)
        _make_corrections(users)
        _make_releases(users)
        _make_files()
        _make_moved_and_closed_pages(users)
        _make_deleted_pages()
        _make_search_counts_and_jobs(users)
        run_waiting()


@contextmanager
def fixed_file_names() -> Iterator[None]:
    """Replace random folder names of files by a fixed sequence.

    Both databases then name the same files, which are kept once.
    """
    numbers = iter(range(100_000))

    def token(length: int | None = None) -> str:
        return sha256(f"kept file {next(numbers)}".encode()).hexdigest()[:22]

    with mock.patch.object(storages.secrets, "token_urlsafe", token):
        yield


def _picture(name: str) -> Any:
    """Return a small copy of a picture of the demo."""
    model = get_image_model()
    title = Path(name).stem.replace("-", " ").capitalize()
    if existing := model.objects.filter(title=title).first():
        return existing
    with PillowImage.open(demo.FOLDER / "pictures" / name) as picture:
        picture.thumbnail((PICTURE_WIDTH, PICTURE_WIDTH))
        return _image(title, picture.convert("RGB"), f"{Path(name).stem}.jpg")


def _image(title: str, picture: PillowImage.Image, name: str) -> Any:
    data = BytesIO()
    picture.save(data, "JPEG", quality=60)
    file = ContentFile(data.getvalue(), name=name)
    return get_image_model().objects.create(title=title, file=file)


def _make_users() -> dict[str, Any]:
    """Create an account in every group, and a group of the newsroom's own."""
    create_demo_accounts()
    night = Group.objects.create(name="Редакция: түн")
    night.permissions.add(
        Permission.objects.get(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
    )
    home = Page.objects.get(slug="home-ru")
    GroupPagePermission.objects.create(
        group=night,
        page=home,
        permission=Permission.objects.get(
            content_type__app_label="wagtailcore", codename="change_page"
        ),
    )
    # Removed by the newsroom: an upgrade must not bring it back.
    Group.objects.get(name="News editors").permissions.remove(
        Permission.objects.get(
            content_type__app_label="articles", codename="delete_person"
        )
    )
    model = get_user_model()
    for name, group in OTHER_ACCOUNTS.items():
        user = model.objects.create_user(name, f"{name}@example.org", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
    left = model.objects.create_user("left", "left@example.org", is_staff=True)
    left.groups.add(Group.objects.get(name="News editors"))
    users = {user.get_username(): user for user in model.objects.all()}
    for name, code in (("journalist", "kk"), ("editor", "ru"), ("admin", "en")):
        UserProfile.objects.update_or_create(
            user=users[name], defaults={"preferred_language": code}
        )
    profile = UserProfile.get_for_user(users["editor"])
    portrait = BytesIO()
    PillowImage.new("RGB", (16, 16), "navy").save(portrait, "PNG")
    with mock.patch("wagtail.users.models.uuid.uuid4", return_value=NAMESPACE):
        profile.avatar.save("editor.png", ContentFile(portrait.getvalue()))
    return users


def section(code: str, name: str = "society") -> SectionPage:
    return SectionPage.objects.get(
        translation_key=demo.identifier("section", name), locale=locale_of(code)
    )


def article(
    title: str, *lines: str, code: str = "kk", live: bool = True, **fields: Any
) -> ArticlePage:
    """Create an article with these paragraphs; its key is derived from its title."""
    page = ArticlePage(
        title=title,
        lead=fields.pop("lead", lines[0]),
        translation_key=uuid.uuid5(NAMESPACE, title),
        published_at=PUBLISHED_AT,
        live=live,
        **fields,
    )
    page.body = json.dumps(paragraphs(None, *lines))  # type: ignore[assignment]
    section(code).add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return ArticlePage.objects.get(pk=page.pk)


def _make_translations(users: dict[str, Any], client: Client) -> None:
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


def _make_drafts_and_schedules(users: dict[str, Any]) -> None:
    journalist, editor = users["journalist"], users["editor"]
    draft = article("Жоба: қысқы маусым", "Ешкім әлі оқыған жоқ.", live=False)
    Comment.objects.create(
        page=draft, user=editor, text="Дереккөз керек.", contentpath="lead"
    )
    changed = article("Ауыл клубы", "Клуб ашық.")
    changed.title, changed.lead = "Ауыл клубы жаңарды", "Жаңа сахна бар."
    changed.save_revision(user=journalist)
    russian = article("Погода на неделю", "Ожидаются дожди.", code="ru", live=False)
    russian.get_workflow().start(russian, journalist)
    locked = article("Weather station opens", "It measures snow.", code="en")
    Page.objects.filter(pk=locked.pk).update(locked=True, locked_by=editor)
    later = article("Кейін шығатын мақала", "Ертең жарияланады.", live=False)
    later = later.get_latest_revision_as_object()
    later.go_live_at = FAR_FUTURE
    later.save_revision(user=editor).publish(user=editor)
    ending = article("Мерзімі бар хабарландыру", "Жүз жылдан кейін жойылады.")
    ending.expire_at = FAR_FUTURE
    ending.save_revision().publish()
    # Planned by an account that has left since: refused at its time.
    left = users["left"]
    refused = article("Рұқсатсыз мақала", "Жарияланбайды.", live=False)
    schedule_at(refused, left, PUBLISHED_AT)
    left.is_active = False
    left.save()
    publish_scheduled()
    # Their time has passed when the site is upgraded.
    due = article("Уақыты келген мақала", "Жаңартудан кейін шығады.", live=False)
    schedule_at(due, editor, PUBLISHED_AT)
    text = "Жаңартылған мәтін шығады."
    waiting = article("Уақыты келген өзгеріс", "Ескі мәтін.")
    waiting.lead = text
    waiting.save_revision()
    schedule_at(waiting, editor, PUBLISHED_AT)


def _make_corrections(users: dict[str, Any]) -> None:
    page = article("Қатысушылар саны", "Форумға бес жүз адам келді.")
    correct(page, "Бес емес, алты жүз адам келді.", created_by=users["editor"])
    body = json.dumps(paragraphs(page, "Форумға алты жүз адам келді."))
    page = republish(page, body=body)
    correct(page, "Қатысушылар тізімі толықтырылды.", kind="update")
    page = republish(page, lead="Форумға алты жүзден астам адам келді.")
    correct(page, "Келесі жарияланымды күтеді.", kind="clarification")
    second = page.published_versions.get(number=2)
    withdraw(second, user=users["editor"], reason="Жеке деректер")


def _make_releases(users: dict[str, Any]) -> None:
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


def _make_files() -> None:
    """Create documents and pictures that a page shows, and some that no page shows."""
    documents = {}
    for title, name in (("Бағдарлама", "programme.pdf"), ("Құпия", "secret.pdf")):
        documents[title] = get_document_model().objects.create(
            title=title, file=ContentFile(f"%PDF-1.4 {name}".encode(), name=name)
        )
    shown = _image("Алаң", PillowImage.new("RGB", (120, 80), "olive"), "square.jpg")
    hidden = _image("Жасырын", PillowImage.new("RGB", (90, 90), "teal"), "hidden.jpg")
    hidden.get_rendition("max-165x165")
    for image in (shown, hidden):
        PictureCredit.objects.update_or_create(
            image=image, defaults={"credit": "Фото: редакция"}
        )
    page = article("Құжат пен сурет", "Төменде құжат бар.", lead_picture=shown)
    person = Person.objects.filter(locale=page.locale).order_by("name").first()
    page.authors = [ArticleAuthor(person=person)]
    blocks = [
        *page.body.get_prep_value(),
        {
            "type": "document",
            "value": {"document": documents["Бағдарлама"].pk, "title": "Бағдарлама"},
        },
    ]
    page.body, page.lead_picture_alt = json.dumps(blocks), "Бос алаң"
    page.save_revision().publish()
    article("Жарияланбаған сурет", "Суреті бар.", live=False, lead_picture=hidden)


def _make_moved_and_closed_pages(users: dict[str, Any]) -> None:
    renamed = article("Renamed article", "The first headline was worse.", code="en")
    republish(renamed, slug="renamed-and-moved")
    ArticlePage.objects.get(pk=renamed.pk).move(
        section("en", "economy"), pos="last-child"
    )
    Redirect.objects.create(old_path="/old-archive", redirect_page=renamed)
    Redirect.objects.create(
        old_path="/gone", redirect_link="https://example.org/", is_permanent=False
    )
    closed = article("Жабық мақала", "Құпиясөзбен ғана оқылады.")
    PageViewRestriction.objects.create(
        page=closed, restriction_type="password", password="open sesame"
    )
    team = article("Только для редакции", "Внутреннее.", code="ru")
    restriction = PageViewRestriction.objects.create(
        page=team, restriction_type="groups"
    )
    restriction.groups.set(Group.objects.filter(name="News editors"))
    for page in (closed, team):
        ArticlePage.objects.get(pk=page.pk).save_revision().publish()
    withdrawn = article("Алынып тасталған мақала", "Оқырман көрмейді.")
    withdrawn.unpublish(user=users["editor"])


def _make_deleted_pages() -> None:
    page = article("Себеттегі мақала", "Қайта қалпына келеді.")
    translation = submit(page, locale_of("ru"))
    translate(translation)
    translation.save_target(publish=True)
    ArticlePage.objects.get(pk=page.pk).delete()


def _make_search_counts_and_jobs(users: dict[str, Any]) -> None:
    client = Client()
    for path, text in (("kk", "форум"), ("ru", "область"), ("en", "nothing here")):
        client.get(f"/{path}/search/", {"q": text})
    job = Job.objects.create(
        kind="machine_translation",
        owner=users["editor"],
        state=Job.State.DONE,
        finished_at=timezone.now() - timedelta(minutes=1),
    )
    JobItem.objects.create(job=job, subject="Көпір жөнделді", state=JobItem.State.DONE)
