"""What was edited by hand while a translation was stopped outlives its restart."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail_localize.models import StringTranslation

from newsroom.articles.models import ArticlePage
from newsroom.translation.handmade.alignment import align
from newsroom.translation.handmade.guard import refusal, undecided
from newsroom.translation.models import HandmadeEdit, MemoryKey
from newsroom.translation.releases.readiness import readiness
from newsroom.translation.review.actions import RefusedError, approve, hand_in
from newsroom.translation.segments import save_segment, segments_of
from newsroom.translation.sources import target_of
from tests.factories import make_article
from tests.translation.articles import paragraphs, republish, submit, translate
from tests.translation.segments import account, key_of, text_of

Kind = HandmadeEdit.Kind


def stop(client, translation) -> None:
    url = reverse("wagtail_localize:stop_translation", args=[translation.pk])
    client.post(url)
    translation.refresh_from_db()
    assert not translation.enabled


def restart(client, translation, **typed):
    """Press wagtail-localize's button in the page editor."""
    url = reverse("wagtailadmin_pages:edit", args=[target_of(translation).pk])
    response = client.post(url, {"localize-restart-translation": "1", **typed})
    translation.refresh_from_db()
    return response


def edit(translation, publish: bool = False, **fields) -> ArticlePage:
    """Edit the page by hand, from its latest draft on."""
    page = target_of(translation).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision()
    if publish:
        revision.publish()
    return target_of(translation)


def address(translation) -> str:
    return reverse("translation_desk:handmade", args=[translation.pk])


def edits(translation) -> list[tuple[str, str, str]]:
    found = HandmadeEdit.objects.filter(translation=translation).undecided()
    return [(edit.kind, edit.before, edit.text) for edit in found]


def decide(client, translation, action: str, text: str = "", **form):
    """Press a button of the page, that of the edit with *text* or the one for all."""
    page = client.get(address(translation))
    assert page.status_code == 200
    rows = [*page.context["texts"], *page.context["others"]]
    for row in rows:
        form.setdefault(f"seen-{row.choice.edit.pk}", row.seen)
        if text and row.choice.edit.text == text:
            action = f"{action}:{row.choice.edit.pk}"
    assert not text or ":" in action
    return client.post(address(translation), {"action": action, **form}, follow=True)


@pytest.fixture
def editor(client, published):
    """An editor of Russian, logged in."""
    user = account("editor", "Language editors: ru")
    client.force_login(user)
    return user


@pytest.fixture
def edited(client, editor, published, committed):
    """The translation, stopped, edited by hand, published and started again."""
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


def test_texts_are_aligned_by_their_likeness():
    assert align(["а б в", "г д е"], ["а б в", "новое", "г д ё"]) == [
        (0, 0),
        (None, 1),
        (1, 2),
    ]
    assert align(["а б в", "г д е"], ["г д е"]) == [(0, None), (1, 0)]
    assert align(["а б в", "г д е"], ["ж з и", "г д е"]) == [(0, 0), (1, 1)]
    assert align([], ["а"]) == [(None, 0)]
    assert align(["а"], []) == [(0, None)]


def test_each_segment_that_was_edited_by_hand_is_shown_and_nothing_is_lost(
    client, edited
):
    assert edited.enabled
    assert edits(edited) == [
        (Kind.TEXT, "[Форум өтті.]", "[Форум вчера өтті.]"),
        (Kind.TEXT, "[Екінші сөйлем.]", "Второе."),
    ]
    page = client.get(address(edited))
    lead, second = page.context["texts"]
    assert lead.choice.segment.source == "Форум өтті."
    assert lead.choice.segment.translation == "[Форум өтті.]"
    assert [p.text.strip() for p in lead.pieces if p.kind == "added"] == ["вчера"]
    assert second.choice.segment.source == "Екінші сөйлем."
    html = page.content.decode()
    assert "<ins><span" in html
    assert "Форум өтті." in html
    revision = target_of(edited).latest_revision_id
    compare = reverse(
        "wagtailadmin_pages:revisions_compare",
        args=[target_of(edited).pk, HandmadeEdit.objects.first().base_id, revision],
    )
    assert compare in html
    assert client.get(compare).status_code == 200


def test_the_restart_leads_to_the_edits_where_there_are_any(client, editor, published):
    stop(client, published)
    response = restart(client, published)
    editor_url = reverse("wagtailadmin_pages:edit", args=[target_of(published).pk])
    assert response.url == editor_url
    assert edits(published) == []
    stop(client, published)
    edit(published, lead="Руками.")
    assert restart(client, published).url == address(published)
    assert "1 edit was made by hand" in client.get(editor_url).content.decode()
    html = client.get(
        reverse("translation_desk:segments", args=[published.pk])
    ).content.decode()
    assert address(published) in html


def test_what_was_typed_but_not_saved_before_the_restart_is_kept(
    client, editor, published
):
    stop(client, published)
    url = reverse("wagtailadmin_pages:edit", args=[target_of(published).pk])
    typed = form_of(client.get(url).context["form"])
    before = target_of(published).latest_revision_id
    restart(client, published, **typed | {"lead": "Набрано."})
    assert published.enabled
    assert edits(published) == [(Kind.TEXT, "[Форум өтті.]", "Набрано.")]
    assert target_of(published).latest_revision_id != before


def test_nothing_is_started_while_what_was_typed_cannot_be_saved(
    client, editor, published
):
    stop(client, published)
    url = reverse("wagtailadmin_pages:edit", args=[target_of(published).pk])
    typed = form_of(client.get(url).context["form"])
    response = restart(client, published, **typed | {"title": ""})
    assert not published.enabled
    assert response.status_code == 200
    assert response.context["form"].errors["title"]


def form_of(form) -> dict:
    """What a browser posts of the page editor's form."""
    page = form.instance
    posted = {
        name: form[name].value() or ""
        for name in form.fields
        if name not in ("body", "published_at", "lead_picture")
    }
    posted["published_at"] = localtime(page.published_at).strftime("%Y-%m-%d %H:%M")
    blocks = page.body.get_prep_value()
    posted["body-count"] = len(blocks)
    for number, block in enumerate(blocks):
        content = {
            "entityMap": {},
            "blocks": [
                {
                    "key": f"k{line}",
                    "type": "unstyled",
                    "text": text,
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [],
                }
                for line, text in enumerate(
                    block["value"]
                    .removeprefix("<p>")
                    .removesuffix("</p>")
                    .split("</p><p>")
                )
            ],
        }
        posted |= {
            f"body-{number}-deleted": "",
            f"body-{number}-order": number,
            f"body-{number}-type": block["type"],
            f"body-{number}-id": block["id"],
            f"body-{number}-value": json.dumps(content),
        }
    for name in form.formsets:
        posted |= {
            f"{name}-TOTAL_FORMS": 0,
            f"{name}-INITIAL_FORMS": 0,
            f"{name}-MIN_NUM_FORMS": 0,
            f"{name}-MAX_NUM_FORMS": 1000,
        }
    return {name: value for name, value in posted.items() if value is not None}


def test_one_is_accepted_and_one_is_dropped(client, edited, editor, committed):
    said = decide(client, edited, "accept", "Второе.").content.decode()
    assert "1 edit has been accepted." in said
    assert text_of(edited, "Екінші сөйлем.") == "Второе."
    assert text_of(edited, "Форум өтті.") == "[Форум өтті.]"
    decide(client, edited, "drop", "[Форум вчера өтті.]")
    assert edits(edited) == []
    assert text_of(edited, "Форум өтті.") == "[Форум өтті.]"
    dropped = HandmadeEdit.objects.get(is_accepted=False)
    assert (dropped.decided_by, dropped.text) == (editor, "[Форум вчера өтті.]")
    # What was dropped can still be read there.
    assert "[Форум вчера өтті.]" in client.get(address(edited)).content.decode()
    with committed():
        edited.save_target(publish=True)
    page = target_of(edited)
    assert page.lead == "[Форум өтті.]"
    assert "Второе." in page.body[0].value.source


@pytest.mark.parametrize(
    ("action", "lead"), [("accept", "[Форум вчера өтті.]"), ("drop", "[Форум өтті.]")]
)
def test_all_are_decided_at_once(client, edited, action, lead):
    decide(client, edited, action)
    assert edits(edited) == []
    assert text_of(edited, "Форум өтті.") == lead


def test_an_accepted_text_is_the_editors_own_and_found_by_the_memory(
    client, edited, editor
):
    decide(client, edited, "accept", "Второе.")
    stored = StringTranslation.objects.get(data="Второе.")
    assert stored.last_translated_by == editor
    assert stored.translation_type == StringTranslation.TRANSLATION_TYPE_MANUAL
    assert MemoryKey.objects.filter(text=stored).exists()


def test_nothing_is_handed_in_released_or_published_over_undecided_edits(
    client, article, edited, editor, committed
):
    for attempt in (hand_in, approve):
        with pytest.raises(RefusedError) as refused:
            attempt(edited, user=editor)
        assert str(refused.value) == refusal(2)
    (version,) = readiness(article.translation_key, [edited.target_locale])
    assert refusal(2) in version.reasons
    url = reverse("wagtailadmin_pages:edit", args=[target_of(edited).pk])
    with committed():
        response = client.post(url, {"action": "publish"}, follow=True)
    assert response.redirect_chain[0][0] == address(edited)
    assert "2 edits made by hand" in response.content.decode()
    with pytest.raises(ValidationError), committed():
        edited.save_target(publish=True)
    assert target_of(edited).lead == "[Форум вчера өтті.]"
    decide(client, edited, "drop")
    with committed():
        client.post(url, {"action": "publish"})
    assert target_of(edited).lead == "[Форум өтті.]"


def test_a_source_that_changed_meanwhile(client, article, editor, published, committed):
    stop(client, published)
    page = target_of(published)
    source = ArticlePage.objects.get(pk=article.pk)
    edit(
        published,
        body=json.dumps(paragraphs(page, "Первое.", "Новое руками.", "Второе новое.")),
    )
    with committed():
        republish(
            source,
            lead="Форум аяқталды.",
            body=json.dumps(
                paragraphs(
                    source, "Бірінші сөйлем.", "Қосылған сөйлем.", "Екінші жаңа сөйлем."
                )
            ),
        )
    restart(client, published)
    rows = client.get(address(published)).context["texts"]
    assert [
        (row.choice.segment.source, row.choice.edit.text, row.seen) for row in rows
    ] == [
        ("Бірінші сөйлем.", "Первое.", "[Бірінші сөйлем.]"),
        ("Қосылған сөйлем.", "Новое руками.", ""),
        ("Екінші жаңа сөйлем.", "Второе новое.", ""),
    ]
    assert [row.choice.is_of_another_source for row in rows] == [False, True, True]
    decide(client, published, "accept")
    assert text_of(published, "Екінші жаңа сөйлем.") == "Второе новое."
    # Nobody has touched the lead: it is a change of the original, and no edit.
    assert text_of(published, "Форум аяқталды.") == ""


def test_a_source_that_changes_before_the_decision(client, article, edited, committed):
    source = ArticlePage.objects.get(pk=article.pk)
    with committed():
        republish(source, lead="Форум аяқталды.")
    lead, _second = client.get(address(edited)).context["texts"]
    assert (lead.choice.segment.source, lead.seen) == ("Форум аяқталды.", "")
    assert lead.choice.is_of_another_source
    translate(edited, {"Форум аяқталды.": "Завершён."})
    (row,) = client.get(address(edited)).context["others"]
    assert row.choice.edit.text == "[Форум вчера өтті.]"
    decide(client, edited, "accept")
    assert text_of(edited, "Форум аяқталды.") == "Завершён."
    assert len(edits(edited)) == 1  # its place is taken: it can only be let go
    decide(client, edited, "drop", kind="other")
    assert edits(edited) == []


def test_a_second_round_asks_of_what_is_new_alone(client, edited, committed):
    decide(client, edited, "accept", "Второе.")
    decide(client, edited, "drop", "[Форум вчера өтті.]")
    stop(client, edited)
    restart(client, edited)
    assert edits(edited) == []
    stop(client, edited)
    edit(edited, title="Руками")
    restart(client, edited)
    assert edits(edited) == [(Kind.TEXT, "[Қалалардың болашағы]", "Руками")]
    decide(client, edited, "accept")
    with committed():
        edited.save_target(publish=True)
    # What was dropped once is asked again when it is written again.
    stop(client, edited)
    edit(edited, lead="[Форум вчера өтті.]")
    restart(client, edited)
    assert edits(edited) == [(Kind.TEXT, "[Форум өтті.]", "[Форум вчера өтті.]")]


def test_undecided_edits_of_an_earlier_round_are_found_again(client, edited):
    stop(client, edited)
    assert undecided(target_of(edited)) == 0  # by hand, everything may be published
    edit(edited, lead="Ещё раз.")
    restart(client, edited)
    assert edits(edited) == [
        (Kind.TEXT, "[Форум өтті.]", "Ещё раз."),
        (Kind.TEXT, "[Екінші сөйлем.]", "Второе."),
    ]


def test_undecided_edits_outlive_a_draft_that_was_written_over_them(client, edited):
    edited.save_target(publish=False)
    stop(client, edited)
    edit(edited, title="Руками")
    restart(client, edited)
    assert [text for _kind, _before, text in edits(edited)] == [
        "[Форум вчера өтті.]",
        "Второе.",
        "Руками",
    ]


def test_what_has_no_segment_is_listed_with_what_becomes_of_it(
    client, editor, published, committed
):
    picture = get_image_model().objects.create(title="П", file=get_test_image_file())
    stop(client, published)
    page = target_of(published)
    (block,) = page.body.get_prep_value()
    body = [
        {"type": "heading", "value": "Заголовок", "id": "added"},
        {**block, "value": "<p>[Бірінші сөйлем.]</p>"},
    ]
    edit(published, lead_picture=picture, kind="interview", body=json.dumps(body))
    restart(client, published)
    assert set(edits(published)) == {
        (Kind.ADDED, "", "Заголовок"),
        (Kind.REMOVED, "[Екінші сөйлем.]", ""),
        (Kind.CHANGED, "", ""),
    }
    page = client.get(address(published))
    assert page.context["texts"] == []
    labels = {row.label for row in page.context["others"]}
    assert labels == {"Heading", "Paragraph", "Lead picture", "Kind"}
    html = page.content.decode()
    assert "it leaves the page when the translation is published" in html
    assert "it comes back when the translation is published" in html
    revision = target_of(published).latest_revision_id
    assert f"/revisions/{revision}/view/" in html
    with pytest.raises(RefusedError):
        hand_in(published, user=editor)
    decide(client, published, "accept")
    assert len(edits(published)) == 4
    decide(client, published, "drop", kind="other")
    hand_in(published, user=editor)
    assert target_of(published).get_latest_revision_as_object().kind == "news"


def test_a_deleted_block_and_another_order_are_listed(
    client, sections, locales, committed
):
    def block(number: int) -> dict:
        return {"type": "heading", "value": f"Тақырып {number}", "id": f"b{number}"}

    blocks = [block(number) for number in range(3)]
    source = make_article(sections["kk"], body=json.dumps(blocks))
    with committed():
        translation = submit(source, locales["ru"])
    client.force_login(account("editor", "Language editors: ru"))
    stop(client, translation)
    body = target_of(translation).body.get_prep_value()
    edit(translation, body=json.dumps([body[2], body[0]]))
    restart(client, translation)
    assert edits(translation) == [
        (Kind.REMOVED, "Тақырып 1", ""),
        (Kind.MOVED, "", ""),
    ]
    assert "Order of the blocks" in client.get(address(translation)).content.decode()


def test_a_changed_link_and_a_new_one_are_not_lost_unseen(
    client, sections, locales, committed
):
    html = '<p>Форум <a href="https://a.example/">сайты</a> бар.</p><p>Екінші.</p>'
    body = [{"type": "paragraph", "value": html, "id": "p"}]
    source = make_article(sections["kk"], body=json.dumps(body))
    with committed():
        translation = submit(source, locales["ru"])
    client.force_login(account("editor", "Language editors: ru"))
    stop(client, translation)
    changed = html.replace("a.example", "b.example").replace(
        "Екінші.", '<a href="https://c.example/">Второе</a>.'
    )
    edit(translation, body=json.dumps([{**body[0], "value": changed}]))
    restart(client, translation)
    assert sorted(kind for kind, _before, _text in edits(translation)) == [
        Kind.LINK,
        Kind.LINK,
        Kind.TEXT,
    ]
    said = decide(client, translation, "accept").content.decode()
    assert "the marks or links of the original are broken" in said
    second = next(s for s in segments_of(translation) if s.source == "Екінші.")
    assert second.has_error


def test_someone_elses_translation_is_not_overwritten_unseen(client, edited, editor):
    context, string = map(int, key_of(edited, "Форум өтті.").split("-"))
    page = client.get(address(edited))
    form = {f"seen-{r.choice.edit.pk}": r.seen for r in page.context["texts"]}
    save_segment(edited, context, string, "Чужое.", user=None)
    said = client.post(address(edited), form | {"action": "accept"}, follow=True)
    assert "Someone else saved a segment meanwhile" in said.content.decode()
    assert text_of(edited, "Форум өтті.") == "Чужое."
    assert [text for _kind, _before, text in edits(edited)] == ["[Форум вчера өтті.]"]


def test_a_draft_of_a_translation_that_nobody_edited_is_no_edit(
    client, editor, published
):
    context, string = map(int, key_of(published, "Форум өтті.").split("-"))
    save_segment(published, context, string, "Новый перевод.", user=editor)
    stop(client, published)
    edit(published, title="Руками")
    restart(client, published)
    assert edits(published) == [(Kind.TEXT, "[Қалалардың болашағы]", "Руками")]
    assert text_of(published, "Форум өтті.") == "Новый перевод."


def test_without_a_record_of_the_last_translation_what_is_stored_is_compared(
    client, editor, published
):
    stop(client, published)
    target_of(published).revisions.all().delete()
    page = target_of(published)
    page.lead = "Руками."
    page.save_revision()
    restart(client, published)
    assert edits(published) == [(Kind.TEXT, "[Форум өтті.]", "Руками.")]


def test_submitting_the_article_again_keeps_the_edits_too(
    client, article, editor, published, locales
):
    stop(client, published)
    edit(published, lead="Руками.")
    submit(article, locales["ru"])
    assert edits(published) == [(Kind.TEXT, "[Форум өтті.]", "Руками.")]


def test_purging_old_revisions_spares_what_waits_for_a_decision(client, edited):
    edited.save_target(publish=False)
    kept = HandmadeEdit.objects.first().revision_id
    ArticlePage.objects.filter(pk=target_of(edited).pk).update(live_revision=None)
    call_command("purge_revisions", verbosity=0)
    assert target_of(edited).revisions.filter(pk=kept).exists()
    decide(client, edited, "drop")
    call_command("purge_revisions", verbosity=0)
    assert not target_of(edited).revisions.filter(pk=kept).exists()
    assert HandmadeEdit.objects.filter(text="Второе.").exists()


def test_a_page_with_undecided_edits_can_be_deleted(edited):
    target_of(edited).delete()
    assert target_of(edited) is None


def test_only_those_who_may_edit_the_translation_decide(
    client, article, edited, locales, committed
):
    assert len(edits(edited)) == 2
    client.force_login(account("kazakh", "Translators: kk"))
    assert client.get(address(edited)).status_code == 302
    client.post(address(edited), {"action": "drop"})
    assert len(edits(edited)) == 2
    with committed():
        english = submit(article, locales["en"])
    client.force_login(account("russian", "Translators: ru"))
    assert client.get(address(english)).status_code == 302
    assert client.get(address(edited), {"action": "drop"}).status_code == 200
    assert len(edits(edited)) == 2
    decide(client, edited, "drop", "Второе.")
    assert len(edits(edited)) == 1


def test_what_is_in_review_or_stopped_is_not_decided(client, edited, editor):
    target_of(edited).get_workflow().start(target_of(edited), editor)
    client.force_login(account("russian", "Translators: ru"))
    said = decide(client, edited, "accept").content.decode()
    assert "It is in review" in said
    assert len(edits(edited)) == 2
    client.force_login(editor)
    decide(client, edited, "accept", "Второе.")
    stop(client, edited)
    assert "has been stopped" in decide(client, edited, "drop").content.decode()
    assert len(edits(edited)) == 1


def test_any_number_of_edits_is_shown_in_as_many_queries(
    client, sections, locales, committed
):
    client.force_login(account("editor", "Language editors: ru"))
    counts = []
    for number in (2, 12):
        texts = [f"Сөйлем {n}." for n in range(number)]
        source = make_article(
            sections["kk"],
            title=f"Мақала {number}",
            body=json.dumps(paragraphs(None, *texts)),
        )
        with committed():
            translation = submit(source, locales["ru"])
        stop(client, translation)
        page = target_of(translation)
        changed = [text.replace("Сөйлем", "Предложение") for text in texts]
        edit(translation, body=json.dumps(paragraphs(page, *changed)))
        with CaptureQueriesContext(connection) as restarting:
            restart(client, translation)
        client.get(address(translation))
        with CaptureQueriesContext(connection) as showing:
            page = client.get(address(translation))
        assert len(page.context["texts"]) == number
        counts.append((len(restarting), len(showing)))
    assert counts[0] == counts[1]
