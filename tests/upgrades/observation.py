"""Contents of a site as readers, editors and administrators find them, as JSON.

:func:`observe` runs on the version that is kept, to record what is expected, and on
each later version, after the upgrade. It reads by HTTP what users read by HTTP. Objects
are named by URLs, titles and translation keys, not by primary keys, which need not be
the same in both databases.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.storage import FileSystemStorage
from django.db.models import Model, QuerySet
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Workflow

from newsroom.archive.models import Permalink
from newsroom.articles.block_content import body_text
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.corrections.models import Correction, PublishedVersion
from newsroom.files.models import PictureCredit
from newsroom.translation.models import ManualEdit, Release, TranslationStatus
from search.models import FacetValue

QUERIES = {
    "kk": (
        "форум",
        "қалалардың",
        "Қызылорда",
        "aral",
        "латын әліпбиі",
        '"алты жүз адам"',
        "бөгет -форум",
        "дәрігерлер",
        "жарияланбайды",
        "құпиясөзбен",
    ),
    "ru": (
        "форум",
        "области",
        "Кызылорда",
        "плотина",
        "новые области Абай",
        "врачи",
        "внутреннее",
        "новостей",
        "Арал",
        "городов",
    ),
    "en": (
        "forum",
        "cities",
        "Kyzylorda",
        "golden man",
        "alphabet",
        "museum OR dam",
        "headline",
        "regions",
        "қала",
        "nothing like this",
    ),
}
# Tables of which no row was written by a person: commands fill them again.
DERIVED = {
    "auth.permission",
    "contenttypes.contenttype",
    "sessions.session",
    "wagtailcore.referenceindex",
    "django_tasks_database.dbtaskresult",
    "newsroom_jobs.workerheartbeat",
    "newsroom_translation.memorykey",
}
DERIVED_APPS = {"search", "wagtailsearch"}


def words(text: str) -> list[str]:
    """Return the words of *text*: typography belongs to the templates."""
    return re.findall(r"\w+", text)


def observe() -> dict[str, Any]:
    client = Client()
    return {
        "pages": dict(_pages(client)),
        "closed": dict(_closed_pages(client)),
        "drafts": dict(_drafts()),
        "versions": dict(_versions(client)),
        "names": dict(_names(client)),
        "redirects": dict(_redirects(client)),
        "permalinks": dict(_permalinks(client)),
        "search": dict(_search(client)),
        "files": dict(_files(client)),
        "users": dict(_users()),
        "groups": dict(_groups()),
        "permissions": sorted(_permission_names(_own_permissions())),
        "workflows": dict(_workflows()),
        "desk": dict(_desk()),
        "corrections": sorted(_corrections()),
        "rows": dict(_rows()),
    }


def shown_at(client: Client, url: str) -> dict[str, Any]:
    """Return the status of a page, and the words of its main part."""
    response = client.get(url, follow=True)
    main = BeautifulSoup(response.content, "html.parser").main
    text = " ".join(words(main.get_text(" "))) if main else ""
    return {"status": response.status_code, "text": text}


def lines_of(page: Page) -> list[str]:
    """Return the texts that an editor wrote on *page*, in the order of the page."""
    lines = []
    if isinstance(page, ArticlePage):
        lines = [page.title, page.lead, *body_text(page.body).splitlines()]
    elif isinstance(page, SectionPage):
        lines = [page.title, page.introduction]
    found = (" ".join(words(line)) for line in lines)
    return [line for line in found if line]


def name_of(page: Page) -> str:
    return f"{page.locale.language_code}: {page.title}"


def _pages(client: Client) -> Iterator[tuple[str, Any]]:
    for page in Page.objects.live().public().filter(depth__gt=1).specific():
        yield page.url, {"lines": lines_of(page), **shown_at(client, page.url)}


def _closed_pages(client: Client) -> Iterator[tuple[str, Any]]:
    """Yield pages that visitors may not read, with the answer that they get."""
    hidden = Page.objects.filter(depth__gt=2).exclude(
        pk__in=Page.objects.live().public().values("pk")
    )
    for page in hidden.specific():
        response = client.get(page.url)
        body = " ".join(words(response.content.decode()))
        is_shown = any(line in body for line in lines_of(page)[1:])
        yield f"{name_of(page)} {page.url}", [response.status_code, is_shown]


def _drafts() -> Iterator[tuple[str, Any]]:
    for page in ArticlePage.objects.filter(has_unpublished_changes=True):
        latest = page.get_latest_revision_as_object()
        comments = latest.wagtail_admin_comments.all()
        yield (
            name_of(page),
            {
                "lines": lines_of(latest),
                "live": page.live,
                "locked": page.locked,
                "go_live_at": str(latest.go_live_at or ""),
                "scheduled": page.approved_schedule,
                "workflow": page.workflow_in_progress,
                "comments": [comment.text for comment in comments],
            },
        )


def _versions(client: Client) -> Iterator[tuple[str, Any]]:
    """Yield what readers get at the URL of each published version of an article."""
    public = Page.objects.live().public().values("pk")
    found = PublishedVersion.objects.filter(article__in=public).order_by("pk")
    for version in found.select_related("article"):
        lines = [] if version.withdrawn_at else [version.content["title"]]
        url = f"{version.article.url}versions/{version.number}/"
        yield (
            url,
            {
                "lines": [" ".join(words(line)) for line in lines],
                "reason": version.withdrawal_reason,
                **shown_at(client, url),
            },
        )


def _names(client: Client) -> Iterator[tuple[str, Any]]:
    """Yield the number of articles of each value of a facet, and its names."""
    for value in FacetValue.objects.order_by("facet", "key"):
        yield f"{value.facet} {value.key}", [value.entries, value.labels]


def _redirects(client: Client) -> Iterator[tuple[str, Any]]:
    for redirect in Redirect.objects.order_by("old_path"):
        response = client.get(redirect.old_path)
        yield redirect.old_path, [response.status_code, response.get("Location")]


def _permalinks(client: Client) -> Iterator[tuple[str, Any]]:
    for link in Permalink.objects.order_by("number"):
        response = client.get(f"/a/{link.number}/", headers={"accept-language": "kk"})
        yield f"/a/{link.number}/", [response.status_code, response.get("Location")]


def _search(client: Client) -> Iterator[tuple[str, Any]]:
    for code, queries in QUERIES.items():
        for query in queries:
            url = f"/{code}/search/results.json"
            yield f"{code}: {query}", found_by(client, url, query)


def found_by(client: Client, url: str, query: str) -> list[str]:
    """Return the paths of what a search finds, best first."""
    answer = client.get(url, {"q": query}).json()
    return [urlsplit(result["url"]).path for result in answer["results"]]


def _files(client: Client) -> Iterator[tuple[str, Any]]:
    for document in get_document_model().objects.order_by("title"):
        status = client.get(document.url).status_code
        yield f"document {document.title}", [_hash(document.file), status]
    for image in get_image_model().objects.order_by("title"):
        yield f"picture {image.title}", [_hash(image.file), _credit(image)]
        for rendition in image.renditions.order_by("filter_spec"):
            storage: Any = rendition.file.storage
            is_public = storage.is_public(rendition.file.name)
            name = f"picture {image.title} {rendition.filter_spec}"
            yield name, [_hash(rendition.file), is_public]
    for user in get_user_model().objects.exclude(wagtail_userprofile__avatar=""):
        profile = getattr(user, "wagtail_userprofile", None)
        if profile and profile.avatar:
            yield f"avatar {user.get_username()}", _hash(profile.avatar)


def _credit(image: Any) -> str:
    credit = PictureCredit.objects.filter(image=image).first()
    return credit.credit if credit else ""


def _hash(file: Any) -> str:
    """Return a hash of a stored file, empty if it cannot be read."""
    storage: FileSystemStorage = file.storage
    if not storage.exists(file.name):
        return ""
    with storage.open(file.name) as opened:
        return sha256(opened.read()).hexdigest()[:16]


def _users() -> Iterator[tuple[str, Any]]:
    pages = Page.objects.filter(depth=2).order_by("url_path").specific()
    for user in get_user_model().objects.order_by("username"):
        name = user.get_username()
        profile = getattr(user, "wagtail_userprofile", None)
        yield (
            name,
            {
                "groups": sorted(user.groups.values_list("name", flat=True)),
                "active": user.is_active,
                "superuser": user.is_superuser,
                "language": profile.preferred_language if profile else "",
                "may": {page.url: _allowed(page, user) for page in pages},
            },
        )


def _allowed(page: Page, user: Any) -> list[str]:
    if not user.is_active:
        return []  # Wagtail's tester cannot answer for such an account
    tester = page.permissions_for_user(user)
    verbs = ("add_subpage", "edit", "publish", "delete", "lock", "unlock")
    return [verb for verb in verbs if getattr(tester, f"can_{verb}")()]


def _own_permissions() -> QuerySet:
    """Return the permissions that exist on either database."""
    return Permission.objects.exclude(content_type__app_label="wagtailsearch")


def _permission_names(permissions: Iterable[Permission]) -> list[str]:
    found = Permission.objects.filter(pk__in=[one.pk for one in permissions])
    return [
        f"{app}.{name}"
        for app, name in found.values_list("content_type__app_label", "codename")
    ]


def _groups() -> Iterator[tuple[str, Any]]:
    """Yield the permissions of each group, with their places."""
    for group in Group.objects.order_by("name"):
        pages = group.page_permissions.select_related("page", "permission")
        files = group.collection_permissions.select_related("collection", "permission")
        granted = [
            *_permission_names(group.permissions.all()),
            *(f"{one.permission.codename} {one.page.url_path}" for one in pages),
            *(f"{one.permission.codename} in {one.collection.name}" for one in files),
        ]
        yield group.name, sorted(granted)


def _workflows() -> Iterator[tuple[str, Any]]:
    for workflow in Workflow.objects.order_by("name"):
        groups = [
            group.name
            for task in workflow.tasks
            for group in task.specific.groups.order_by("name")
        ]
        pages = workflow.workflow_pages.values_list("page__url_path", flat=True)
        yield workflow.name, {"groups": groups, "pages": sorted(pages)}


def _desk() -> Iterator[tuple[str, Any]]:
    originals = {
        row.translation_key: name_of(row.source)
        for row in TranslationStatus.objects.filter(state="original")
    }
    for row in TranslationStatus.objects.order_by("pk"):
        translator = row.translator.get_username() if row.translator else ""
        name = f"{originals[row.translation_key]} → {row.locale.language_code}"
        counts = [row.segments_total, row.segments_translated, row.segments_changed]
        yield name, [row.state, *counts, translator, row.note, str(row.due or "")]
    for release in Release.objects.order_by("pk"):
        outcomes = [
            [one.locale.language_code, one.outcome] for one in release.languages.all()
        ]
        name = f"release of {originals[release.translation_key]}"
        yield name, [release.state, *sorted(outcomes)]
    edits = ManualEdit.objects.order_by("path", "kind")
    yield "manual edits", [[edit.kind, edit.before, edit.text] for edit in edits]


def _corrections() -> Iterator[list[str]]:
    for one in Correction.objects.select_related("article", "version"):
        number = str(one.version.number) if one.version else ""
        yield [name_of(one.article), number, one.kind, one.text]


def _rows() -> Iterator[tuple[str, int]]:
    """Yield the number of rows of each table that holds what people wrote."""
    for model in apps.get_models():
        label = model._meta.label_lower
        if label not in DERIVED and model._meta.app_label not in DERIVED_APPS:
            yield label, _count(model)


def _count(model: type[Model]) -> int:
    return model._base_manager.count()
