"""Requests of the segment page as a browser sends them, and accounts for it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.users.models import UserProfile

from newsroom.translation.segments import segments_of


def account(name: str, *groups: str):
    user = get_user_model().objects.create_user(name, f"{name}@example.org")
    user.groups.add(*Group.objects.filter(name__in=groups))
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


def url_of(translation) -> str:
    return reverse("translation_desk:segments", args=[translation.pk])


def post(client, translation, action: str, **texts: str):
    """Post the page as a browser does, with *texts* by their sources."""
    form = {"action": action}
    for segment in segments_of(translation):
        form[f"seen-{segment.key}"] = segment.translation
        form[f"text-{segment.key}"] = texts.get(segment.source, segment.translation)
    return client.post(url_of(translation), form, follow=True)


def key_of(translation, source: str) -> str:
    return next(s.key for s in segments_of(translation) if s.source == source)


def text_of(translation, source: str) -> str:
    return next(s.translation for s in segments_of(translation) if s.source == source)
