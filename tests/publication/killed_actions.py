"""Actions that test_killed.py kills, and the state that must not be half done.

Each action is one that a person or the worker performs in one transaction, with files
that are moved afterwards.
"""

import io
import json
from collections import Counter
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.images import ImageFile
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image as Pillow
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageLogEntry, Revision, Site

from newsroom.archive.models import Permalink
from newsroom.articles.models import ArticlePage
from newsroom.corrections.models import PublishedVersion
from newsroom.files.models import FileUse
from newsroom.files.storages import rendition_storage
from newsroom.files.visibility import public_pictures, settle
from newsroom.publication.schedule import publish_scheduled
from newsroom.translation.models import Release, TranslationStatus
from newsroom.translation.releases.due import publish_due
from newsroom.translation.review.actions import approve
from search.index.term_statistics import apply_all_deltas
from search.models import Change, Entry, TermStatistic
from search.replica.consistency import compare_database
from tests.factories import make_article, make_section
from tests.translation.articles import paragraphs, submit, translate

ARTICLE, SHOWN, JOINT = "Өртенген орман", "Жарияланған хабар", "Қалалардың болашағы"
RENDITION = "width-32|format-webp|plain"


def prepare() -> None:
    """Make a draft with a picture, a live article, and a draft with a translation."""
    section = make_section(Site.objects.get().root_page)
    root = get_user_model().objects.create_superuser("root")
    article = _article(section, ARTICLE, live=False)
    moment = timezone.now() - timedelta(minutes=1)
    revision = article.get_latest_revision()
    Revision.objects.filter(pk=revision.pk).update(user=root)
    _article(section, SHOWN, live=True)
    joint = _article(section, JOINT, live=False)
    translation = submit(joint, Locale.objects.get(language_code="ru"))
    translate(translation)
    approve(translation, user=root)
    release = Release.objects.create(
        translation_key=joint.translation_key, created_by=root, publish_at=moment
    )
    codes = Locale.objects.filter(language_code__in=["kk", "ru"])
    release.locales.set(codes)
    settle()
    apply_all_deltas()


def _article(section: Page, title: str, *, live: bool) -> ArticlePage:
    data = io.BytesIO()
    Pillow.new("RGB", (64, 48), "teal").save(data, "PNG")
    picture = get_image_model().objects.create(
        title=title, file=ImageFile(io.BytesIO(data.getvalue()), name="photo.png")
    )
    picture.get_rendition(RENDITION)
    page = make_article(section, title=title, lead_picture=picture, live=live)
    page.body = json.dumps(paragraphs(None, f"{title}: бірінші.", "Екінші."))
    revision = page.save_revision()
    if live:
        revision.publish()
    return ArticlePage.objects.get(pk=page.pk)


def publish() -> None:
    _latest(ARTICLE).publish()


def publish_at_its_time() -> None:
    revision = _latest(ARTICLE)
    moment = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=moment)
    assert publish_scheduled() == 1


def release() -> None:
    assert publish_due() == 1


def publish_again() -> None:
    page = ArticlePage.objects.get(title=SHOWN)
    page.title = f"{SHOWN} тағы"
    page.get_latest_revision().publish()


def take_down() -> None:
    ArticlePage.objects.get(title=SHOWN).unpublish()


def _latest(title: str) -> Revision:
    return ArticlePage.objects.get(title=title).get_latest_revision()


ACTIONS = {
    "publish": publish,
    "publish_at_its_time": publish_at_its_time,
    "release": release,
    "take_down": take_down,
}


def state() -> dict[str, Any]:
    """Return what readers, search and archive have, after the worker's next minute.

    Raises AssertionError if these do not agree with each other.
    """
    settle()
    apply_all_deltas()
    live = set(ArticlePage.objects.live().values_list("pk", flat=True))
    entries = sorted(Entry.objects.values_list("key", flat=True))
    assert entries == sorted(f"page:{pk}" for pk in live)
    assert not compare_database(), compare_database()
    versions = Counter(PublishedVersion.objects.values_list("article", flat=True))
    assert live <= set(versions)
    assert live <= set(
        ArticlePage.objects.filter(
            translation_key__in=Permalink.objects.values("translation_key")
        ).values_list("pk", flat=True)
    )
    connection.check_constraints()
    return {
        "live": sorted(live),
        "drafts": sorted(
            ArticlePage.objects.filter(has_unpublished_changes=True).values_list(
                "pk", flat=True
            )
        ),
        "entries": entries,
        "terms": _sorted(TermStatistic.objects, "locale", "kind", "text", "entries"),
        "changes": Counter(Change.objects.values_list("key", flat=True)),
        "versions": versions,
        "uses": _sorted(FileUse.objects, "page", "source", "kind", "object_id"),
        "files": _files(),
        "log": Counter(PageLogEntry.objects.values_list("page", "action")),
        "releases": _sorted(Release.objects, "pk", "state"),
        "outcomes": _sorted(
            Release.objects, "pk", "languages__locale", "languages__outcome"
        ),
        "desk": _sorted(TranslationStatus.objects, "translation", "state"),
        "tasks": DBTaskResult.objects.count(),
    }


def _files() -> dict[str, bool]:
    """Return for each rendition whether it is public, as the pages want it."""
    storage = rendition_storage()
    images = get_image_model().objects.all()
    public = public_pictures([image.pk for image in images])
    found = {}
    for image in images:
        assert image.file.storage.exists(image.file.name)
        for rendition in image.renditions.all():
            name = rendition.file.name
            assert storage.exists(name)
            assert storage.is_public(name) == (image.pk in public)
            found[name] = storage.is_public(name)
    return found


def _sorted(manager: Any, *fields: str) -> list[Any]:
    return sorted(map(list, manager.values_list(*fields)), key=repr)
