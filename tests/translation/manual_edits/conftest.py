"""A translation that was stopped, edited by hand and started again."""

import json

import pytest

from newsroom.translation.sources import target_of
from tests.translation.articles import paragraphs
from tests.translation.manual_edits.editing import (
    edit,
    restart,
    stop,
)
from tests.translation.segments import account


@pytest.fixture
def editor(client, published):
    """Return an editor of Russian, logged in."""
    user = account("editor", "Language editors: ru")
    client.force_login(user)
    return user


@pytest.fixture
def edited(client, editor, published, committed):
    """Return the translation, stopped, edited by hand, published and started again."""
    stop(client, published)
    with committed():
        page = target_of(published)
        edit(
            published,
            publish=True,
            lead="[Форум вчера өтті.]",
            body=json.dumps(paragraphs(page, "[Бірінші сөйлем.]", "Второе.")),
        )
    restart(client, published)
    return published
