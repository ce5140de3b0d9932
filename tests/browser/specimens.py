"""Articles with content that the demo lacks, for a running site.

``python manage.py shell -c "from tests.browser.specimens import make; make()"`` makes
them and prints their addresses as JSON.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from newsroom.archive.models import Permalink
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.corrections.withdrawing import withdraw
from tests.corrections.articles import body_with, correct, publish
from tests.factories import locale_of, make_article
from tests.translation.articles import paragraphs, republish, submit, translate

# Before all else, so that they come first nowhere.
WRITTEN = datetime(1998, 6, 10, 9, tzinfo=UTC)
WRITTEN_IN_RUSSIAN = datetime(1997, 6, 10, 9, tzinfo=UTC)
TITLE = "Мақалаға сыятын бөліктердің бәрі"
NAMES = [
    {"name": "Абай Құнанбайұлы", "post": "ақын", "organisation": "", "person": None},
    {
        "name": "Ыбырай Алтынсарин",
        "post": "ағартушы",
        "organisation": "Ырғыз мектебі",
        "person": None,
    },
]
TABLE = {
    "data": [
        ["Өңір", "Орталығы", "Құрылған жылы", "Аумағы, мың км²", "Аудан саны"],
        ["Қызылорда облысы", "Қызылорда", "1938", "226,0", "7"],
        ["Ұлытау облысы", "Жезқазған", "2022", "188,9", "2"],
    ],
    "first_row_is_table_header": True,
    "first_col_is_header": True,
    "table_header_choice": "both",
}


def body() -> list[tuple[str, object]]:
    """Return one block of each type."""
    picture = get_image_model().objects.get(title="Rice fields")
    file = ContentFile("Бағдарлама\n".encode(), name="bagdarlama.txt")
    document = get_document_model().objects.create(title="Бағдарлама", file=file)
    return [
        (
            "paragraph",
            "<p>Бірінші бөлік: <b>қою</b>, <i>көлбеу</i> және "
            '<a href="https://www.gov.kz/">сілтеме</a>.</p><p>Екінші абзац.</p>',
        ),
        ("heading", "Қосымша айдар"),
        (
            "quote",
            {
                "text": "Сөз дәл жеткізілсін",
                "said": "деді",
                "speaker": "ұйымдастырушылар",
                "role": "",
            },
        ),
        (
            "list",
            {
                "heading": "Міндеттер",
                "introduction": "Олар мыналар:",
                "items": ["біріншісі", "екіншісі"],
            },
        ),
        (
            "people_list",
            {
                "introduction": "Еске алынғандар:",
                "people": NAMES,
                "separator": "comma",
                "closing": "",
            },
        ),
        (
            "picture",
            {
                "picture": picture,
                "alt": "Су басқан күріш алқабы",
                "caption": "Алқап маусымда",
                "credit": "Сурет: мұрағат",
            },
        ),
        ("document", {"document": document, "title": "Бағдарламаның толық мәтіні"}),
        (
            "embed",
            {
                "url": "https://www.youtube.com/",
                "title": "Бейнежазба",
                "description": "Ашылу рәсімінен.",
            },
        ),
        ("table", {"caption": "Облыстар", "table": TABLE}),
        (
            "fact_box",
            {"title": "Не білген жөн", "text": "<p>Қысқаша анықтама.</p>"},
        ),
    ]


def _article(code: str, title: str, lead: str, **fields: Any) -> ArticlePage:
    """Create a live article in the section «Қоғам» of one language."""
    kazakh = SectionPage.objects.get(slug="qogam", locale=locale_of("kk"))
    section = kazakh.get_translation(locale_of(code))
    fields = {"published_at": WRITTEN} | fields
    return make_article(section, title=title, lead=lead, **fields)


def _corrected() -> ArticlePage:
    """Return an article of every block in three versions.

    The second has been withdrawn, the third came with a correction.
    """
    article = _article("kk", TITLE, "Бөліктер ретімен.", body=body())
    article = publish(article, lead="Бұл нұсқа қайтарып алынған.")
    second = article.published_versions.get(number=2)
    withdraw(second, user=None, reason="Үлгі")
    correct(article, "«Екінші абзац» деген сөз нақтыланды.")
    changed = body_with(article, **{"Екінші абзац": "Нақтыланған екінші абзац"})
    return publish(article, lead="Бөліктердің әрқайсысы бір реттен.", body=changed)


def _outdated() -> ArticlePage:
    """Create the Kazakh version of a Russian article that has changed since."""
    source = _article("ru", "Источник меняется", "Коротко о воде.", body=[])
    source = republish(source, body=paragraphs(source, "Вода пришла в апреле."))
    translation = submit(source, locale_of("kk"))
    texts = {
        "Источник меняется": "Түпнұсқа өзгерді",
        "Коротко о воде.": "Су туралы қысқа хабар.",
        "Вода пришла в апреле.": "Су сәуірде келді.",
    }
    translate(translation, texts)
    translation.save_target(publish=True)
    republish(source, body=paragraphs(source, "Вода пришла в мае."))
    return source.get_translation(locale_of("kk"))


def _deleted() -> int:
    """Return the primary key of a deleted article."""
    article = _article("kk", "Жойылған", "Бұл мақала жойылған.")
    link = Permalink.objects.get(translation_key=article.translation_key)
    article.delete()
    return link.pk


def make() -> None:
    """Make the articles, and print the addresses of what they show, by its name."""
    untranslated = _article(
        "ru", "Ещё не переведено", "Только по-русски.", published_at=WRITTEN_IN_RUSSIAN
    )
    article = _corrected().url
    addresses = {
        "article": article,
        "versions": f"{article}versions/",
        "earlier version": f"{article}versions/1/",
        "withdrawn version": f"{article}versions/2/",
        "changes": f"{article}versions/1/changes/",
        "outdated": _outdated().url,
        # Where a reader is led who asks for the Kazakh version of it.
        "not translated": untranslated.url.replace("/ru/", "/kk/", 1),
        "no articles": f"/kk/archive/{WRITTEN_IN_RUSSIAN.year}/",
        "gone": f"/a/{_deleted()}/",
    }
    print("specimens", json.dumps(addresses))  # noqa: T201 (for who has called)
