"""Accounts in every group, and a group of the newsroom's own."""

from io import BytesIO
from typing import Any
from unittest import mock

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from wagtail.models import GroupPagePermission, Page
from wagtail.users.models import UserProfile

from newsroom.demo.accounts import create_demo_accounts
from tests.upgrades.content.articles import NAMESPACE

# Accounts of groups that have none in the demo; they cannot log in.
OTHER_ACCOUNTS = {"translator-kk": "Translators: kk", "night": "Редакция: түн"}


def make_users() -> dict[str, Any]:
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
