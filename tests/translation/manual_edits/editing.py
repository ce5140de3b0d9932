"""Stopping a translation, editing its page by hand, and deciding about the edits."""

from django.urls import reverse

from newsroom.articles.models import ArticlePage
from newsroom.translation.models import ManualEdit
from newsroom.translation.sources import target_of


def stop(client, translation) -> None:
    url = reverse("wagtail_localize:stop_translation", args=[translation.pk])
    client.post(url)
    translation.refresh_from_db()
    assert not translation.enabled


def restart(client, translation, **typed):
    """Submit the page editor with wagtail-localize's button."""
    url = reverse("wagtailadmin_pages:edit", args=[target_of(translation).pk])
    response = client.post(url, {"localize-restart-translation": "1", **typed})
    translation.refresh_from_db()
    return response


def edit(translation, publish: bool = False, **fields) -> ArticlePage:
    """Change the page in the page editor, starting from its latest draft."""
    page = target_of(translation).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision()
    if publish:
        revision.publish()
    return target_of(translation)


def address(translation) -> str:
    return reverse("translation_desk:manual_edits", args=[translation.pk])


def edits(translation) -> list[tuple[str, str, str]]:
    found = ManualEdit.objects.filter(translation=translation).undecided()
    return [(edit.kind, edit.before, edit.text) for edit in found]


def decide(client, translation, action: str, text: str = "", **form):
    """Submit the button of the edit with *text*, or the button for all edits."""
    page = client.get(address(translation))
    assert page.status_code == 200
    rows = [*page.context["texts"], *page.context["others"]]
    for row in rows:
        form.setdefault(f"seen-{row.choice.edit.pk}", row.seen)
        if text and row.choice.edit.text == text:
            action = f"{action}:{row.choice.edit.pk}"
    assert not text or ":" in action
    return client.post(address(translation), {"action": action, **form}, follow=True)
