"""What is due is published, whatever becomes of the page before it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page

from newsroom.articles.models import ArticlePage
from newsroom.operations.schedule import publish_due
from tests.factories import make_article, make_section


def test_a_page_that_cannot_be_published_does_not_hold_up_the_others(
    homes, monkeypatch, caplog
):
    section = make_section(homes["kk"])
    pages = [make_article(section, title=f"Т {n}", live=False) for n in range(3)]
    for minutes, page in enumerate(pages):
        page.go_live_at = timezone.now() - timedelta(minutes=9 - minutes)
        page.save_revision(approved_go_live_at=page.go_live_at)
    usual = ArticlePage.save

    def save(self, *args, **kwargs):
        if self.pk == pages[0].pk and self.live:
            raise ValidationError("no")
        usual(self, *args, **kwargs)

    monkeypatch.setattr(ArticlePage, "save", save)
    with pytest.raises(ValidationError):
        publish_due()
    live = set(Page.objects.live().values_list("pk", flat=True))
    assert {pages[1].pk, pages[2].pk} <= live
    assert pages[0].pk not in live
    assert "could not be published at its time" in caplog.text
