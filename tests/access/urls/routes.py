"""Every URL pattern of the site, with arguments that name things of the test site."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.timezone import localtime
from django.utils.translation import override
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from tests.access.urls.world import World

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Patterns that are asked about elsewhere, or cannot be: pattern -> reason.
LEFT_OUT: dict[str, str] = {
    "admin/failwhale/": "raises an error on purpose, to test error pages",
    "admin/logout/": "ends the session of the test's client",
    "admin/password_reset/confirm/<uidb64>/<token>/": "its token decides, not the role",
}
# Patterns that are asked about a draft too, which is not the same as a live page there.
ALSO_DRAFTS = {
    "admin/api/main/^pages/<int:pk>/",
    "admin/corrections/<int:page>/add/",
    "admin/pages/<int:page_id>/delete/",
    "admin/pages/<int:page_id>/edit/",
    "admin/pages/<int:page_id>/history/",
    "admin/pages/<int:page_id>/unpublish/",
    "admin/pages/<int:page_id>/view_draft/",
    "admin/translation-desk/draft/<int:page>/",
    "admin/translation-desk/releases/new/<int:page>/",
}
# Arguments by name. A label names a second thing, and makes a row of its own.
Values = dict[str, Any]


def paths(world: World) -> dict[str, str]:
    """Return the URL for each row of the tables: pattern and label -> URL.

    Raises LookupError for a pattern whose arguments are unknown.
    """
    found: dict[str, str] = {}
    unknown = []
    explicit = explicit_paths(world)
    arguments = arguments_by_name(world)
    for route in sorted(set(all_routes())):
        if route in LEFT_OUT:
            continue
        if route in explicit:
            rows = explicit[route]
        else:
            rows = dict(_filled(route, arguments, world))
        if not rows:
            unknown.append(route)
        for label, url in rows.items():
            found[f"{route} [{label}]" if label else route] = url
    if unknown:
        raise LookupError(
            "Name arguments for these URL patterns in tests/access/urls/routes.py: "
            + ", ".join(unknown)
        )
    return found


def all_routes() -> Iterator[str]:
    """Yield every pattern of the site as one string, in the site's first language."""

    def walk(resolver: URLResolver, before: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield route
            else:
                yield from walk(pattern, route)

    # The prefix of a language is the active one's.
    with override(settings.LANGUAGE_CODE):
        yield from list(walk(get_resolver(), ""))


def _filled(route: str, arguments: dict[str, Values], world: World) -> Any:
    """Yield (label, URL) of a pattern, one for each label of its arguments."""
    names = PARAMETER.findall(route)
    values = {name: arguments.get(name) for name in names}
    if "pk" in values:
        values["pk"] = _primary_keys(route, world)
    if None in values.values() or re.search(r"[(\\]", route):
        return
    labels = dict.fromkeys(label for one in values.values() for label in one or ())
    if route not in ALSO_DRAFTS:
        labels.pop("draft", None)
    for label in labels or [""]:
        path = PARAMETER.sub(
            lambda found, label=label: str(
                values[found[1]].get(label, values[found[1]].get(""))
            ),
            route,
        )
        yield label, "/" + re.sub(r"[\^$]", "", path)


def arguments_by_name(world: World) -> dict[str, Values]:
    page = {
        "": world.live.pk,
        "ru": world.live_ru.pk,
        "draft": world.draft.pk,
    }
    section = {"": world.section.pk, "ru": world.newsroom.sections["ru"].pk}
    return {
        "page_id": page,
        "page": page,
        "page_to_move_id": page,
        "parent_page_id": section,
        "destination_id": {"": world.other_section.pk},
        "page_pk": {"": world.homes["kk"].pk},
        "workflow_pk": {"": world.workflow.pk},
        "workflow_state_id": {"": world.reviewed.current_workflow_state.pk},
        "task_id": {"": world.task.pk},
        "content_type_app_name": {"": "articles"},
        "content_type_model_name": {"": "articlepage"},
        "revision_id": {
            "": world.live.latest_revision_id,
            "ru": world.live_ru.latest_revision_id,
            "draft": world.draft.latest_revision_id,
        },
        "collection_id": {"": world.collection.pk},
        "image_id": {"": world.image.pk},
        "document_id": {"": world.document.pk},
        "doc_id": {"": world.document.pk},
        "filter_spec": {"": "width-20"},
        "redirect_id": {"": world.redirect.pk},
        "translation_id": {"": world.translation.pk},
        "translation": {"": world.translation.pk},
        "translation_source_id": {"": world.translation.source_id},
        "string_segment_id": {"": world.segment.pk},
        "overridable_segment_id": {"": world.override.pk if world.override else 1},
        "mode": {"": "default"},
        "correction": {"": world.correction.pk},
        "number": {"": 2},
        "restriction_id": {"": world.restriction.pk},
        "page_view_restriction_id": {"": world.restriction.pk},
        "session_id": {"": 1},
        "object_id": {"": world.live.pk},
        "token": {"": "not-a-token"},
    }


def _primary_keys(route: str, world: World) -> Values | None:
    """Return what ``pk`` stands for in *route*."""
    person, organisation, place, topic = world.names
    account = {"": world.colleague.pk, "superuser": world.chief.pk}
    publishers = {"": world.group.pk}
    for part, values in {
        "admin/api/main/^pages": {"": world.live.pk, "draft": world.draft.pk},
        "admin/api/main/^images": {"": world.image.pk},
        "admin/api/main/^documents": {"": world.document.pk},
        "admin/collections/": {"": world.collection.pk},
        "admin/workflows/tasks/": {"": world.task.pk},
        "admin/workflows/": {"": world.workflow.pk},
        "articles/person/": {"": person.pk},
        "articles/organisation/": {"": organisation.pk},
        "articles/place/": {"": place.pk},
        "articles/topic/": {"": topic.pk},
        "newsroom_translation/concept/": {"": world.concept.pk},
        "admin/localize/": {"": topic.pk},
        "admin/bin/": {"": world.deleted.pk, "ru": world.deleted_ru.pk},
        "admin/jobs/": {"": world.job.pk},
        "releases/": {"": world.release.pk},
        "admin/locales/": {"": world.locale.pk},
        "admin/sites/": {"": world.site.pk},
        "admin/users/": account,
        "admin/reset-second-factors/": account,
        "admin/accounts/close/": account,
        # Of nobody: each account manages its own.
        "admin/accounts/sessions/": {"": 1},
        "admin/sign-in/passkeys/": {"": 1},
        "admin/groups/": publishers,
        "admin/documents/": {"": world.document.pk},
        "admin/images/": {"": world.image.pk},
    }.items():
        if part in route:
            return values
    return None


def explicit_paths(world: World) -> dict[str, dict[str, str]]:
    """Return the rows of patterns whose arguments depend on each other."""
    live, reviewed = world.live, world.reviewed
    review = {
        f"{action} {code}".removesuffix(" kk"): (
            f"{page.pk}/{action}/{page.current_workflow_task_state.pk}/"
        )
        for action in ("approve", "reject")
        for code, page in (("kk", reviewed), ("ru", world.reviewed_ru))
    }
    pages = {"": reviewed, "ru": world.reviewed_ru}
    own = "admin/localize/"
    return {
        "admin/^.*/$": {"": "/admin/nothing/here/"},
        "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/": dict(
            _bulk_actions(world)
        ),
        "admin/pages/create/<slug:app_label>/<slug:model_name>": {
            "": "/admin/pages/create/articles/articlepage"
        },
        "admin/pages/workflow/action/<int:page_id>/<slug:action_name>/"
        "<int:task_state_id>/": {
            label: f"/admin/pages/workflow/action/{rest}"
            for label, rest in review.items()
        },
        "admin/pages/workflow/collect_action_data/<int:page_id>/<slug:action_name>/"
        "<int:task_state_id>/": {
            label: f"/admin/pages/workflow/collect_action_data/{rest}"
            for label, rest in review.items()
        },
        "admin/pages/workflow/confirm_cancellation/<int:page_id>/": {
            label: f"/admin/pages/workflow/confirm_cancellation/{page.pk}/"
            for label, page in pages.items()
        },
        "admin/pages/workflow/preview/<int:page_id>/<int:task_id>/": {
            label: f"/admin/pages/workflow/preview/{page.pk}/"
            f"{page.current_workflow_task_state.task_id}/"
            for label, page in pages.items()
        },
        "admin/pages/<int:page_id>/workflow_history/detail/<int:workflow_state_id>/": {
            label: f"/admin/pages/{page.pk}/workflow_history/detail/"
            f"{page.current_workflow_state.pk}/"
            for label, page in pages.items()
        },
        r"admin/pages/^(?P<pk>\d+)/revisions/compare/"
        r"(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)"
        "/$": {
            label: f"/admin/pages/{page.pk}/revisions/compare/earliest...latest/"
            for label, page in (("", live), ("ru", world.live_ru))
        },
        "admin/api/main/^pages/<int:pk>/action/<str:action_name>/": {
            f"{action} {code}".removesuffix(" kk"): (
                f"/admin/api/main/pages/{page.pk}/action/{action}/"
            )
            for action in ("publish", "unpublish", "delete", "copy", "move")
            for code, page in (("kk", live), ("ru", world.live_ru))
        },
        "admin/tag-autocomplete/<slug:app_name>/<slug:model_name>/": {
            "": "/admin/tag-autocomplete/taggit/tag/"
        },
        "admin/workflows/tasks/add/<str:app_label>/<str:model_name>/": {
            "": "/admin/workflows/tasks/add/wagtailcore/groupapprovaltask/"
        },
        "admin/editing-sessions/ping/<str:app_label>/<str:model_name>/"
        "<str:object_id>/<int:session_id>/": {
            label: f"/admin/editing-sessions/ping/wagtailcore/page/{page.pk}/1/"
            for label, page in (("", live), ("ru", world.live_ru))
        },
        f"{own}submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/": {
            "": f"/{own}submit/snippet/articles/topic/{world.names[3].pk}/"
        },
        f"{own}api/snippets/<slug:app_label>/<slug:model_name>/": {
            "": f"/{own}api/snippets/articles/topic/"
        },
        f"{own}api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/": {
            "": f"/{own}api/snippets/articles/topic/{world.names[3].pk}/"
        },
        "admin/translation-desk/export/<int:translation>/<slug:name>/": {
            name: f"/admin/translation-desk/export/{world.translation.pk}/{name}/"
            for name in ("po", "xliff")
        },
        "admin/corrections/<int:page>/withdraw/<int:number>/": {
            label: f"/admin/corrections/{page.pk}/withdraw/{number}/"
            for label, page, number in (("", live, 2), ("ru", world.live_ru, 1))
        },
        "admin/corrections/<int:page>/give-back/<int:number>/": {
            "": f"/admin/corrections/{live.pk}/give-back/1/"
        },
        "admin/images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/": {
            "": "/admin/images/multiple/create_from_uploaded_image/"
            f"{world.uploaded_image.pk}/"
        },
        "admin/images/multiple/delete_upload/<int:uploaded_file_id>/": {
            "": f"/admin/images/multiple/delete_upload/{world.uploaded_image.pk}/"
        },
        "admin/documents/multiple/create_from_uploaded_document/"
        "<int:uploaded_file_id>/": {
            "": "/admin/documents/multiple/create_from_uploaded_document/"
            f"{world.uploaded_document.pk}/"
        },
        "admin/documents/multiple/delete_upload/<int:uploaded_file_id>/": {
            "": f"/admin/documents/multiple/delete_upload/{world.uploaded_document.pk}/"
        },
        **public_paths(world),
    }


def _bulk_actions(world: World) -> Iterator[tuple[str, str]]:
    """Yield each bulk action on one thing of its kind."""
    things = [
        ("wagtailcore", "page", {"": world.draft.pk, "ru": world.draft_ru.pk}),
        ("wagtailimages", "image", {"": world.image.pk}),
        ("wagtaildocs", "document", {"": world.document.pk}),
        ("auth", "user", {"": world.colleague.pk, "superuser": world.chief.pk}),
        *(("articles", one._meta.model_name, {"": one.pk}) for one in world.names),
        ("newsroom_translation", "concept", {"": world.concept.pk}),
    ]
    for app, model, pks in things:
        for action in bulk_action_registry.get_bulk_actions_for_model(app, model):
            for label, pk in pks.items():
                name = f"{model} {action.action_type} {label}".strip()
                yield name, f"/admin/bulk/{app}/{model}/{action.action_type}/?id={pk}"


def public_paths(world: World) -> dict[str, dict[str, str]]:
    """Return the rows of what readers ask for."""
    live = world.live
    number = live.permalinks.first().number if hasattr(live, "permalinks") else 1
    archive = "kk/archive/"
    date = localtime(live.first_published_at)
    pages = {
        "home": world.homes["kk"],
        "section": world.section,
        "article": live,
        "article ru": world.live_ru,
        "draft": world.draft,
        "scheduled": world.scheduled,
        "in review": world.reviewed,
        "unpublished": world.withdrawn,
        "restricted": world.restricted,
        "translation not published": world.target,
    }
    rows = {label: _path_of(page) for label, page in pages.items()}
    article = rows["article"]
    return {
        r"kk/^((?:[\w\-]+/)*)$": rows
        | {
            "versions": f"{article}versions/",
            "earlier version": f"{article}versions/2/",
            "withdrawn version": f"{article}versions/1/",
            "changes": f"{article}versions/3/changes/2/",
            "changes to a withdrawn version": f"{article}versions/3/changes/1/",
            "versions of a draft": f"{rows['draft']}versions/1/",
            "versions of a restricted page": f"{rows['restricted']}versions/1/",
            "Latin edition": article.replace("/kk/", "/kk-latn/"),
            "draft in the Latin edition": rows["draft"].replace("/kk/", "/kk-latn/"),
            "missing": "/kk/joq/",
        },
        "_util/authenticate_with_password/<int:page_view_restriction_id>/"
        "<int:page_id>/": {
            "": f"/_util/authenticate_with_password/{world.restriction.pk}/"
            f"{world.restricted.pk}/"
        },
        r"documents/^(\d+)/(.*)$": {
            "public": f"/documents/{world.public_document.pk}/"
            f"{world.public_document.filename}",
            "private": f"/documents/{world.document.pk}/{world.document.filename}",
        },
        "files/<path:name>": {
            "original of a public picture": f"/files/{world.shown_picture.file.name}",
            "private picture": f"/files/{world.image.file.name}",
            "missing": "/files/nothing.jpg",
            "outside": "/files/../../manage.py",
        },
        "a/<number:number>/": {"": f"/a/{number}/"},
        "a/<number:number>/<slug:language>/": {"": f"/a/{number}/kk/"},
        "a/<number:number>/<slug:language>/cite.bib": {"": f"/a/{number}/kk/cite.bib"},
        "a/<number:number>/<slug:language>/cite.ris": {"": f"/a/{number}/kk/cite.ris"},
        f"{archive}<yyyy:year>/": {"": f"/{archive}{date:%Y}/"},
        f"{archive}<yyyy:year>/<xx:month>/": {"": f"/{archive}{date:%Y/%m}/"},
        f"{archive}<yyyy:year>/<xx:month>/<xx:day>/": {
            "": f"/{archive}{date:%Y/%m/%d}/"
        },
        f"{archive}<facet:facet>/": {"": f"/{archive}topics/"},
        f"{archive}<facet:facet>/<number:pk>/": {"": f"/{archive}topics/1/"},
        f"{archive}<facet:facet>/<number:pk>-<slug:slug>/": {
            "": f"/{archive}topics/1-x/"
        },
    }


def _path_of(page: Any) -> str:
    """Return the path at which *page* is, or would be, published."""
    return page.url
