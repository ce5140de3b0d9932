"""Several processes publish at once, on one database."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, ARTICLES_EACH = 4, 6

PUBLISH = """
import sys
from newsroom.articles.models import ArticlePage, SectionPage
section = SectionPage.objects.get()
for number in range(int(sys.argv[1])):
    article = ArticlePage(title=f"Форум {sys.argv[2]} {number}", lead="Қала")
    section.add_child(instance=article)
    article.save_revision().publish()
"""
PREPARE = """
from newsroom.articles.models import SectionPage
from wagtail.models import Site
Site.objects.get().root_page.add_child(instance=SectionPage(title="Қоғам"))
"""
COUNT = """
from newsroom.articles.models import ArticlePage
from search.models import Entry
from search.results.search import search_archive
print(ArticlePage.objects.live().count(), Entry.objects.count(),
      search_archive("қалалар", locales=["kk"]).total)
"""


def test_no_publication_is_lost_to_a_locked_database(own_database, tmp_path):
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.development",
    }

    def start(script: str, *arguments: str) -> subprocess.Popen:
        code = "import django; django.setup()\n" + script
        return subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    assert start(PREPARE).communicate()[1] == ""
    writers = [start(PUBLISH, str(ARTICLES_EACH), str(n)) for n in range(PROCESSES)]
    failures = [
        error
        for _, error in (writer.communicate() for writer in writers)
        if "Error" in error
    ]
    assert failures == []
    output, _ = start(COUNT).communicate()
    total = str(PROCESSES * ARTICLES_EACH)
    assert output.split() == [total, total, total]
