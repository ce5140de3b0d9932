"""A backup taken while four processes publish is consistent once it is restored."""

import json
from pathlib import Path

import pytest

from newsroom.backup.verification import verify
from tests.backup.site import Site

pytestmark = pytest.mark.django_db

WRITERS, ARTICLES_EACH = 4, 6

PREPARE = """
from newsroom.articles.models import SectionPage
from wagtail.models import Site
section = SectionPage(title="Қоғам")
Site.objects.get().root_page.add_child(instance=section)
section.save_revision().publish()
"""
# Each article has a picture with a rendition; every third one is deleted with it.
WRITE = """
import sys
from newsroom.articles.models import ArticlePage, SectionPage
for number in range(int(sys.argv[1])):
    image = picture(f"{sys.argv[2]} {number}")
    article = ArticlePage(
        title=f"Форум {sys.argv[2]} {number}", lead="Қала", lead_picture=image
    )
    SectionPage.objects.get().add_child(instance=article)
    article.save_revision().publish()
    image.get_rendition("width-32|format-webp|plain")
    print(number, flush=True)
    if number % 3 == 2:
        article.delete()
        image.delete()
"""
STATE = """
import json, sys
from django.core.management import call_command
from django.db import connection
from wagtail.images import get_image_model
from wagtail.models import Page
from newsroom.archive.models import Permalink
from newsroom.articles.models import ArticlePage
from newsroom.corrections.models import PublishedVersion
from newsroom.files.storages import rendition_storage
from search.index.term_statistics import apply_all_deltas
from search.models import Entry, TermStatistic
from search.results.search import search_archive
from newsroom.files.visibility import public_pictures, settle
settle()
connection.check_constraints()
live = set(ArticlePage.objects.live().values_list("pk", flat=True))
images = get_image_model().objects.all()
storage = rendition_storage()
public = public_pictures([image.pk for image in images])
renditions = [r for image in images for r in image.renditions.all()]
apply_all_deltas()
call_command("check_search", verbosity=0, stdout=sys.stderr)
print(json.dumps({
    "live": len(live),
    "entries": sorted(Entry.objects.values_list("key", flat=True)),
    "wanted": sorted(f"page:{pk}" for pk in live),
    "versions": len(live - set(
        PublishedVersion.objects.values_list("article_id", flat=True))),
    "found": search_archive("форум", locales=["kk"]).total,
    "lost": [i.file.name for i in images if not i.file.storage.exists(i.file.name)]
        + [r.file.name for r in renditions if not storage.exists(r.file.name)],
    "wrong_side": [r.file.name for r in renditions
        if storage.is_public(r.file.name) != (r.image_id in public)],
    "pictures": len(images),
}))
"""


def published(count: int, writers: list) -> None:
    """Wait until each writer has published so many articles."""
    for writer in writers:
        for _line in range(count):
            assert writer.stdout.readline(), writer.stdout.read()


def test_a_backup_taken_while_four_writers_publish_is_consistent(
    site: Site, empty_site: Site
):
    site.answer(PREPARE)
    writers = [site.script(WRITE, str(ARTICLES_EACH), str(n)) for n in range(WRITERS)]
    published(1, writers)
    facts = json.loads(site.manage("backup", "--json").splitlines()[-1])
    for writer in writers:
        output, _ = writer.communicate()
        assert writer.returncode == 0, output
    assert facts["missing"] == []
    archive = Path(facts["path"])
    manifest = verify(archive)
    shown = empty_site.manage("restore", str(archive))
    assert "\n- " not in shown, shown
    # A backup of the restored site has the same contents. STATE changes them: it
    # applies the pending counts, and moves pictures.
    again = json.loads(empty_site.manage("backup", "--json").splitlines()[-1])
    second = verify(Path(again["path"]))
    restored = json.loads(empty_site.answer(STATE).splitlines()[-1])
    assert restored["lost"] == restored["wrong_side"] == []
    assert restored["entries"] == restored["wanted"]
    assert restored["versions"] == 0
    assert restored["found"] == restored["live"] >= WRITERS
    assert restored["pictures"] == manifest.tables["wagtailimages_image"]
    hold = "newsroom_jobs_restorehold"
    assert {**second.tables, hold: 0} == {**manifest.tables, hold: 0}
    unmoved = {name.partition("/")[2]: one for name, one in manifest.files.items()}
    for name, content in second.files.items():
        assert unmoved[name.partition("/")[2]] == content
