"""Data to post to URLs where an empty or unchanged form changes nothing."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from tests.access.urls.asking import Form
from tests.access.urls.world import World

PASSWORD = "ұзақ-құпиясөз-2041"


def posted(world: World, row: str) -> Form:
    """Return the fields to add to the form of a row; empty for most."""
    name = {"name": "Жаңа атау"}
    account = {
        "username": "someone-new",
        "email": "new@example.org",
        "first_name": "Айгүл",
        "last_name": "Сейітова",
    }
    passwords = {"password1": PASSWORD, "password2": PASSWORD}
    move = {"chooser": world.other_section.pk}
    added: dict[str, Form] = {
        "admin/users/new/": account | passwords,
        "admin/users/edit/<int:pk>/": account | passwords,
        "admin/users/edit/<int:pk>/ [superuser]": account | passwords,
        "admin/groups/new/": name,
        "admin/collections/add/": name | {"parent": Collection.objects.first().pk},
        "admin/sites/new/": {
            "hostname": "new.example",
            "root_page": world.homes["kk"].pk,
        },
        "admin/redirects/add/": {"old_path": "/x", "redirect_link": "/kk/"},
        "admin/documents/add/": _document(),
        "admin/images/add/": _image(),
        "admin/workflows/add/": name,
        "admin/workflows/tasks/add/<str:app_label>/<str:model_name>/": name
        | {"groups": [Group.objects.get(name="News editors").pk]},
        "admin/restored/": {"due": "do"},
        "admin/corrections/<int:page>/add/": {"text": "Бес емес, алты."},
        "admin/corrections/<int:page>/add/ [ru]": {"text": "Не пять, а шесть."},
        "admin/corrections/<int:page>/add/ [draft]": {"text": "Бес емес, алты."},
        "admin/corrections/<int:page>/withdraw/<int:number>/": {"reason": "Сот"},
        "admin/localize/submit/page/<int:page_id>/": _languages(world),
        "admin/localize/submit/page/<int:page_id>/ [ru]": _languages(world),
        "admin/localize/submit/page/<int:page_id>/ [draft]": _languages(world),
        "admin/localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/": (
            _languages(world)
        ),
        "admin/translation-desk/assign/": {
            "languages": [world.live_ru.locale_id],
            "translator": world.users["transl-ru"].pk,
        },
        "admin/translation-desk/submit/": {"languages": [world.locale.pk]},
        "admin/translation-desk/translation/<int:translation>/": {
            "action": "save",
            f"text-{world.segment.pk}": "Форум",
        },
    }
    for code in ("", " [ru]", " [draft]"):
        added[f"admin/pages/<int:page_id>/copy/{code}"] = {
            "new_title": "Көшірме",
            "new_slug": "koshirme",
            "new_parent_page": world.other_section.pk,
        }
        added[f"admin/pages/<int:page_id>/privacy/{code}"] = {
            "restriction_type": "login"
        }
        added[f"admin/pages/<int:page_to_move_id>/move/{code}"] = {
            "new_parent_page": world.other_section.pk
        }
    for model in ("person", "organisation", "place", "topic"):
        added[f"admin/snippets/articles/{model}/add/"] = name
        added[f"admin/snippets/choose/articles/{model}/create/"] = name
    bulk = "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/"
    for label in ("", " superuser"):
        added[f"{bulk} [user assign_role{label}]"] = {"role": world.group.pk}
        added[f"{bulk} [user set_active_state{label}]"] = {"mark_as_active": "False"}
    for label in ("", " ru"):
        added[f"{bulk} [page move{label}]"] = move
    for model in ("image", "document"):
        added[f"{bulk} [{model} add_tags]"] = {"tags": "жаңа"}
        added[f"{bulk} [{model} add_to_collection]"] = {
            "collection": world.collection.pk
        }
    return added.get(row, {})


def _languages(world: World) -> Form:
    return {"locales": [world.locale.pk]}


def _document() -> dict[str, Any]:
    return {"title": "Қаулы", "file": ContentFile(b"%PDF-1.4", name="new.pdf")}


def _image() -> dict[str, Any]:
    return {"title": "Сурет", "file": get_test_image_file()}
