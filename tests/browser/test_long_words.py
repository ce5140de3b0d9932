"""Web addresses and very long words, in every place where an article is shown.

The pages are rendered here and given to Chromium without a server, so that the front
page can be full of such articles and no other test meets them.
"""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.timezone import localtime
from playwright.sync_api import Route

from newsroom.articles.models import ArticlePage, Organisation, Person, Place, Topic
from newsroom.articles.models.article import ArticlePerson, ArticlePlace, ArticleTopic
from tests.browser.accessibility import open_details
from tests.browser.reading import lost_text
from tests.corrections.articles import correct, publish
from tests.factories import make_article, make_section

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    # The worker that has Chromium.
    pytest.mark.xdist_group("site"),
]

ORIGIN = "http://testserver"
ADDRESS = "https://www.gov.kz/memleket/entities/" + "kyzylorda" * 12 + "?lang=kk&page=2"
WORD = "қанағаттандырылмағандықтарыңыздан" * 2
SHORT = WORD[:60]
STATIC = Path(settings.STATICFILES_DIRS[0])
NARROW = {"width": 320, "height": 640}
EDITIONS = ("kk", "kk-latn", "kk-arab", "ru", "en")
SOME_EDITIONS = ("kk", "kk-arab", "ru")


def long_body() -> list[tuple[str, object]]:
    text = f"{WORD} {ADDRESS} {SHORT}-{SHORT}"
    person = {"name": SHORT, "post": WORD, "organisation": WORD, "person": None}
    return [
        ("paragraph", f'<p>{text} <a href="{ADDRESS}">{ADDRESS}</a></p>'),
        ("heading", text),
        ("quote", {"text": text, "said": WORD, "speaker": WORD, "role": WORD}),
        ("list", {"heading": text, "introduction": text, "items": [text, ADDRESS]}),
        (
            "people_list",
            {
                "introduction": WORD,
                "people": [person],
                "separator": "comma",
                "closing": text,
            },
        ),
        ("embed", {"url": ADDRESS, "title": text, "description": text}),
        ("table", {"caption": text, "table": {"data": [[text, WORD], ["1", ADDRESS]]}}),
        ("fact_box", {"title": text, "text": f"<p>{text}</p>"}),
    ]


@pytest.fixture
def articles(homes, locales):
    """Seven articles in each language, so that the front page shows each form."""
    locale = locales["kk"]
    place = Place.objects.create(name=SHORT, locale=locale)
    person = Person.objects.create(name=f"{SHORT} {SHORT}", locale=locale)
    outlet = Organisation.objects.create(name=f"«{WORD}»", locale=locale)
    topic = Topic.objects.create(name=WORD, locale=locale)
    found = {}
    for code, home in homes.items():
        section = make_section(home, title=WORD)
        for number in range(7):
            found[code] = article = make_article(
                section,
                title=f"{number} {WORD} {ADDRESS}",
                lead=f"{ADDRESS} {WORD}",
                slug=f"long-{number}",
                dateline=place,
                outlet=outlet,
                source_url=ADDRESS,
                authors=[],
                people=[ArticlePerson(person=person)],
                places=[ArticlePlace(place=place)],
                topics=[ArticleTopic(topic=topic)],
                body=long_body(),
            )
        correct(article, text=f"{WORD} {ADDRESS}")
        publish(article, title=f"{WORD} {WORD}")
    return found


def pages_of(client, code: str, article: ArticlePage) -> dict[str, str]:
    """Return the path of a page of each type that shows *article*."""
    home = f"/{code}/"
    published = localtime(article.published_at)
    archive = f"{home}archive/"
    year = f"{archive}{published:%Y}/"
    place = article.places.first().place
    found = {
        "front page": home,
        "section": article.get_parent().url,
        "article": article.url,
        "versions": f"{article.url}versions/",
        "first version": f"{article.url}versions/1/",
        "archive": archive,
        "year": year,
        "month": f"{year}{published:%m}/",
        "day": f"{year}{published:%m}/{published:%d}/",
        "names": f"{archive}place/",
        "topics": f"{archive}topic/",
        "search": f"{home}search/?q={SHORT}",
        "search without hits": f"{home}search/?q={WORD}{WORD}",
        "filter": f"{home}search/?q={SHORT}&facet=place",
        "not found": f"{home}{SHORT}/",
    }
    page = client.get(found["names"]).content.decode()
    assert place.name in page
    return found


@pytest.mark.long(edition=(SOME_EDITIONS, EDITIONS))
def test_long_words_and_addresses_stay_on_the_screen(
    new_window, client, articles, edition
):
    code = edition.partition("-")[0]
    pages = {
        name: iri_to_uri(path.replace(f"/{code}/", f"/{edition}/", 1))
        for name, path in pages_of(client, code, articles[code]).items()
    }
    window = new_window(client, pages.values())
    lost = []
    for name, path in pages.items():
        window.goto(ORIGIN + path)
        open_details(window)
        lost += [f"{name}: {one}" for one in lost_text(window)]
    assert not lost, "\n".join(lost)


@pytest.fixture
def new_window(chromium):
    """Return a function that opens a narrow window in which these pages are served."""
    contexts = []

    def open_window(client, paths):
        answers = {path: client.get(path) for path in paths}
        context = chromium.new_context(viewport=NARROW)
        contexts.append(context)

        def serve(route: Route) -> None:
            url = urlsplit(route.request.url)
            path = f"{url.path}?{url.query}" if url.query else url.path
            if path in answers:
                answer = answers[path]
                route.fulfill(
                    status=answer.status_code,
                    body=answer.content,
                    content_type=answer["Content-Type"],
                )
                return
            file = Path(settings.STATICFILES_DIRS[0]) / url.path.removeprefix(
                "/static/"
            )
            if file.is_file():
                kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
                route.fulfill(body=file.read_bytes(), content_type=kind)
            else:
                route.abort()

        context.route("**/*", serve)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()
