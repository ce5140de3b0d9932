"""Benchmark of the translation desk with 100,000 articles.

    python -m benchmarks.desk
    python -m benchmarks.desk --articles 10000

Articles are database rows only: pages without text, their language versions,
translations and states, in the proportions of a newsroom that is behind with its work.
The results are written to benchmarks/results/; docs/translation.md reports them.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

RESULTS = Path(__file__).parent / "results"
RUNS = 7
ADDED_AT_ONCE = 2_000
# Words of headlines. Each occurs in thousands of headlines, except the last.
WORDS = [
    "қала",
    "форум",
    "даму",
    "мектеп",
    "су",
    "көлік",
    "жол",
    "ауыл",
    "баспана",
    "парк",
    "экология",
    "бюджет",
    "жоба",
    "әкімдік",
    "тұрғын",
    "құрылыс",
    "энергия",
    "өзен",
    "кітапхана",
    "театр",
]
RARE = "телескоп"
SECTIONS = 12  # per language
QUESTIONS = {
    "first page": {},
    "last page": {"p": "last"},
    "outdated": {"state": "outdated"},
    "in review, Russian": {"state": "in_review", "language": "ru"},
    "not started, English": {"state": "not_started", "language": "en"},
    "not started, last page": {"state": "not_started", "p": "last"},
    "in English, any state": {"language": "en"},
    "a state that no version has": {"state": "sent_back"},
    "of one kind": {"kind": "press_release"},
    "of one section": {"section": str(uuid.UUID(int=1))},
    "waiting for 30 days": {"waiting": "30"},
    "not started, English, 30 days": {
        "state": "not_started",
        "language": "en",
        "waiting": "30",
    },
    "by headline": {"ordering": "headline"},
    "newest wait": {"ordering": "-waiting_since"},
    "search, a word of many": {"q": "қалада"},
    "search, a word of few": {"q": "телескопты"},
    "search, a letter": {"q": "қ"},
}


def main() -> None:
    """Fill a database, measure, print a table and store the results."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("BENCH_DATABASE", f"sqlite:///{folder}/desk.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("setup_site", verbosity=0)
        fill(options.articles)
        figures = measure()
    name = RESULTS / f"desk-{options.articles}.json"
    name.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")
    print(
        "| asked for | articles | median, ms | longest, ms | processor, ms | queries |"
    )
    print("|---|---|---|---|---|---|")
    for user, answers in figures["users"].items():
        for question, one in answers.items():
            print(
                f"| {question} ({user}) | {one['articles']:,} | {one['median']:.0f} "
                f"| {one['longest']:.0f} | {one['cpu']:.0f} | {one['queries']} |"
            )


def fill(count: int) -> None:
    """Create *count* articles with their versions."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from wagtail.models import Locale, Page
    from wagtail_localize.models import (
        TranslatableObject,
        Translation,
        TranslationSource,
    )

    from newsroom.articles.models import ArticlePage
    from newsroom.articles.models.listing import HOME_DEPTH
    from newsroom.translation.models import TranslationStatus

    kind = ContentType.objects.get_for_model(ArticlePage)
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    homes = {
        page.locale.language_code: page
        for page in Page.objects.filter(depth=HOME_DEPTH).select_related("locale")
    }
    _add_sections(homes, count)
    random = Random(20_26)
    for first in range(0, count, ADDED_AT_ONCE):
        size = min(ADDED_AT_ONCE, count - first)
        rows = list(_articles(first, size, random))
        pages = [
            _page(homes[code], locales[code], kind, one["key"], one["title"], number)
            for number, one in enumerate(rows, first)
            for code in one["states"]
            if one["states"][code] != TranslationStatus.State.NOT_STARTED
        ]
        Page.objects.bulk_create(pages)
        by_version = {(page.translation_key, page.locale_id): page for page in pages}
        objects = [
            TranslatableObject(translation_key=one["key"], content_type=kind)
            for one in rows
        ]
        TranslatableObject.objects.bulk_create(objects)
        sources = TranslationSource.objects.bulk_create(
            TranslationSource(
                object_id=one["key"],
                specific_content_type=kind,
                locale=locales["kk"],
                object_repr=one["title"],
                content_json="{}",
                last_updated_at=one["at"],
            )
            for one in rows
        )
        by_key = {source.object_id: source for source in sources}
        translations = Translation.objects.bulk_create(
            Translation(source=by_key[key], target_locale_id=locale)
            for key, locale in by_version
            if locale != locales["kk"].pk
        )
        made = {
            (one.source.object_id, one.target_locale_id): one for one in translations
        }
        TranslationStatus.objects.bulk_create(
            _state(one, code, state, locales, by_version, made)
            for one in rows
            for code, state in one["states"].items()
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _add_sections(homes: dict[str, Any], articles: int) -> None:
    from wagtail.models import Page

    from newsroom.articles.models import SectionPage

    for home in homes.values():
        for number in range(1, SECTIONS + 1):
            place = Page._int2str(articles + number).rjust(Page.steplen, "0")
            SectionPage.objects.create(
                path=home.path + place,
                depth=home.depth + 1,
                title=f"Section {number}",
                slug=f"section-{number}",
                url_path=f"{home.url_path}section-{number}/",
                translation_key=uuid.UUID(int=number),
                locale=home.locale,
            )


def _articles(first: int, size: int, random: Random) -> Iterator[dict[str, Any]]:
    from django.utils import timezone

    from newsroom.translation.models import TranslationStatus

    state = TranslationStatus.State
    others = [state.NOT_STARTED, state.LIVE, state.OUTDATED, state.IN_PROGRESS]
    others += [state.IN_REVIEW, state.READY]
    now = timezone.now()
    for number in range(first, first + size):
        words = random.sample(WORDS, 5)
        if number % 5_000 == 0:
            words[0] = RARE
        yield {
            "key": uuid.UUID(int=random.getrandbits(128)),
            "title": f"{' '.join(words)} {number}".capitalize(),
            "at": now - timedelta(hours=random.randrange(20 * 365 * 24)),
            "kind": random.choice(["news", "news", "news", "press_release"]),
            "section": uuid.UUID(int=1 + number % SECTIONS),
            "states": {
                "kk": state.ORIGINAL,
                "ru": random.choices(others, [20, 60, 8, 6, 3, 3])[0],
                "en": random.choices(others, [55, 30, 6, 5, 2, 2])[0],
            },
        }


def _page(home: Any, locale: Any, kind: Any, key: Any, title: str, number: int) -> Any:
    from wagtail.models import Page

    return Page(
        path=home.path + Page._int2str(number + 1).rjust(Page.steplen, "0"),
        depth=home.depth + 1,
        title=title,
        draft_title=title,
        slug=f"article-{number}",
        url_path=f"{home.url_path}article-{number}/",
        content_type=kind,
        translation_key=key,
        locale=locale,
        live=True,
    )


def _state(
    one: dict[str, Any], code: str, state: str, locales: Any, pages: Any, made: Any
) -> Any:
    from newsroom.translation.headlines import headline_terms
    from newsroom.translation.models import TranslationStatus

    version = (one["key"], locales[code].pk)
    is_done = state in (TranslationStatus.State.LIVE, TranslationStatus.State.ORIGINAL)
    waits = any(
        other not in (TranslationStatus.State.LIVE, TranslationStatus.State.ORIGINAL)
        for other in one["states"].values()
    )
    return TranslationStatus(
        translation_key=one["key"],
        locale=locales[code],
        source=pages[one["key"], locales["kk"].pk],
        source_is_live=True,
        source_locale=locales["kk"],
        target=pages.get(version),
        translation=made.get(version),
        state=state,
        segments_total=20,
        segments_translated=20 if is_done else 8,
        segments_changed=3 if state == TranslationStatus.State.OUTDATED else 0,
        headline=one["title"],
        headline_terms=headline_terms([("kk", one["title"])]),
        section=one["section"],
        kind=one["kind"],
        published_at=one["at"],
        waiting_since=one["at"] if not is_done or (code == "kk" and waits) else None,
    )


def measure() -> dict[str, Any]:
    """Run every query as a superuser and as an editor of Russian."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    users = get_user_model().objects
    may_all = users.create_superuser("superuser", password=None)
    of_russian = users.create_user("editor")
    of_russian.groups.add(Group.objects.get(name="Language editors: ru"))
    return {
        "users": {
            "superuser": _answers(may_all),
            "editor of Russian": _answers(of_russian),
        }
    }


def _answers(user: Any) -> dict[str, dict[str, float]]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import (
        CaptureQueriesContext,
        setup_test_environment,
        teardown_test_environment,
    )
    from django.urls import reverse

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    url = reverse("translation_desk:index")
    answers = {}
    for question, asked in QUESTIONS.items():
        setup_test_environment()  # it records contexts, which takes time
        total = client.get(url, asked).context["page_obj"].paginator
        teardown_test_environment()
        if asked.get("p") == "last":
            asked = {"p": total.num_pages}
        times, cpu = [], []
        for _ in range(RUNS):
            begun, used = time.perf_counter(), time.process_time()
            response = client.get(url, asked)
            times.append((time.perf_counter() - begun) * 1000)
            cpu.append((time.process_time() - used) * 1000)
            assert response.status_code == 200
        with CaptureQueriesContext(connection) as queries:
            client.get(url, asked)
        answers[question] = {
            "articles": total.count,
            "median": statistics.median(times),
            "cpu": statistics.median(cpu),
            "longest": max(times),
            "queries": len(queries),
        }
        if os.environ.get("BENCH_SHOW_SQL"):
            for query in queries:
                if float(query["time"]) > 0.02:
                    print(question, query["time"], query["sql"][:1500])
    return answers


if __name__ == "__main__":
    main()
