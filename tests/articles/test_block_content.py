"""Text, pictures and facts of every block of an article."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from newsroom.articles import checks
from newsroom.articles.block_content import (
    CONTENT,
    ContentBlock,
    UnknownBlockError,
    body_text,
    facts,
    pictures,
    text_lines,
    unanswered,
)
from newsroom.articles.blocks import BODY_BLOCKS, EntityChooserBlock
from newsroom.articles.models import ArticlePage
from newsroom.articles.pictures import pictures_of
from newsroom.corrections.parts import parts_of
from newsroom.pictures.layouts import BODY
from tests.articles.pictures import make_picture
from tests.factories import make_article, make_section

# Facts of blocks that readers do not see: the link behind a shown name, and the choice
# of a punctuation mark.
NOT_SHOWN = {"people_list.people.item.person", "people_list.separator"}


@dataclass
class Expected:
    """The answers that the sample values of a block must give."""

    words: set[str] = field(default_factory=set)
    pictures: list[Any] = field(default_factory=list)
    facts: set[str] = field(default_factory=set)


def sample(block: Any, path: str, expected: Expected) -> Any:
    """Make a value of *block* with unique content in every block inside it."""
    word = f"word-{path.replace('.', '-')}"
    if isinstance(block, blocks.StructBlock):
        children = block.child_blocks.items()
        return {name: sample(b, f"{path}.{name}", expected) for name, b in children}
    if isinstance(block, blocks.ListBlock):
        return [sample(block.child_block, f"{path}.item", expected)]
    if isinstance(block, TableBlock):
        expected.words.add(word)
        return {"data": [["", word]]}
    if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.RichTextBlock):
        expected.words.add(word)
        is_rich = isinstance(block, blocks.RichTextBlock)
        return f"<p>{word}</p>" if is_rich else word
    value: Any
    if isinstance(block, ImageChooserBlock):
        value = make_picture(title=word)
        expected.pictures.append(value)
        fact, stored = word, value
    elif isinstance(block, DocumentChooserBlock):
        file = ContentFile(b"x", name="x.txt")
        stored = get_document_model().objects.create(title=word, file=file)
        fact = word
    elif isinstance(block, EntityChooserBlock):
        stored = block.target_model.objects.create(name=word)
        fact = str(stored)
    elif isinstance(block, blocks.URLBlock):
        fact = stored = f"https://example.org/{word}"
    elif isinstance(block, blocks.ChoiceBlock):
        stored, fact = list(block.field.choices)[-1]
    else:
        pytest.fail(f"{path}: say here what {type(block).__name__} must answer")
    if path not in NOT_SHOWN:
        expected.facts.add(str(fact))
    return stored


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, _block in BODY_BLOCKS])
def test_every_part_of_every_block_is_answered_for(name, homes):
    body: Any = ArticlePage._meta.get_field("body")
    block = body.stream_block.child_blocks[name]
    expected = Expected()
    value = block.normalize(sample(block, name, expected))
    text = "\n".join(text_lines(block, value))
    assert {word for word in expected.words if word not in text} == set()
    assert list(pictures(block, value)) == expected.pictures
    assert set(facts(block, value)) == expected.facts
    assert expected.words or expected.pictures or expected.facts

    article = make_article(make_section(homes["kk"]), body=[(name, value)])
    assert {word for word in expected.words if word not in body_text(article.body)} == (
        set()
    )
    assert [one for one, layout in pictures_of(article) if layout == BODY] == (
        expected.pictures
    )
    shown = [part.text for part in parts_of(article) if part.kind == name]
    assert expected.facts <= set(shown)


@pytest.mark.parametrize("name", [name for name, _block in BODY_BLOCKS])
def test_an_empty_block_has_no_content(name):
    block = ArticlePage._meta.get_field("body").stream_block.child_blocks[name]
    value = block.normalize(block.get_default())
    assert "".join(text_lines(block, value)).strip() == ""
    assert list(pictures(block, value)) == []
    assert list(facts(block, value)) == []


def test_no_block_of_articles_is_without_answers():
    assert checks.check_blocks_answer_for_their_content() == []


class RatingBlock(blocks.FieldBlock):
    """A field block without a method for its content."""


class NestedBlock(ContentBlock, blocks.StructBlock):
    ratings = blocks.ListBlock(blocks.StreamBlock([("rating", RatingBlock())]))


@pytest.mark.parametrize(
    ("block", "path"),
    [
        (RatingBlock(), "body"),
        (NestedBlock(), "body.ratings.item.rating"),
        (blocks.RawHTMLBlock(), "body"),
    ],
    ids=["field", "nested", "raw HTML"],
)
def test_a_block_without_content_methods_is_an_error(block, path):
    (found,) = unanswered(block, "body")
    assert found.startswith(f"{path} (")


@pytest.mark.parametrize("question", [text_lines, pictures, facts])
def test_asking_an_unknown_block_raises_an_error(question):
    with pytest.raises(UnknownBlockError, match="RatingBlock"):
        question(RatingBlock(), "5")


def test_a_block_that_writes_all_answers_itself_needs_no_entry():
    class Own(ContentBlock, RatingBlock):
        def text_lines(self, value):
            yield f"{value} of 5"

        def pictures(self, value):
            yield from ()

        def facts(self, value):
            yield from ()

    assert list(unanswered(Own(), "own")) == []
    assert list(text_lines(Own(), 4)) == ["4 of 5"]


class EventBlock(ContentBlock, blocks.StructBlock):
    """A new block, complete without writing any answer."""

    title = blocks.CharBlock()
    photographs = blocks.ListBlock(ImageChooserBlock())
    cover = ImageBlock()
    starts = blocks.DateTimeBlock()
    seats = blocks.IntegerBlock()
    is_free = blocks.BooleanBlock(required=False)
    ages = blocks.MultipleChoiceBlock(
        choices=[("Groups", [("c", "Children"), ("a", "Adults")]), ("all", "All")]
    )
    more = blocks.StreamBlock(
        [("link", blocks.URLBlock()), ("note", blocks.TextBlock())]
    )


@pytest.mark.django_db
def test_a_new_block_is_complete_without_writing_answers():
    block = EventBlock()
    first, second, cover = (make_picture(title=title) for title in ("a", "b", "c"))
    cover.contextual_alt_text = "A stage"
    value = block.normalize(
        {
            "title": "Forum",
            "photographs": [first, second],
            "cover": cover,
            "starts": datetime(2026, 5, 4, 10, 30, tzinfo=UTC),
            "seats": 0,
            "is_free": False,
            "ages": ["c", "all"],
            "more": [("link", "https://example.org"), ("note", "Come early")],
        }
    )
    assert list(text_lines(block, value)) == ["Forum", "A stage", "Come early"]
    assert list(pictures(block, value)) == [first, second, cover]
    shown = list(facts(block, value))
    assert shown[:3] == ["a", "b", "c"]
    assert "2026" in shown[3]
    assert shown[4] == "0"
    assert shown[6:] == ["Children", "All", "https://example.org"]


def test_struct_blocks_of_articles_are_asked_by_method():
    structs = [b for _name, b in BODY_BLOCKS if isinstance(b, blocks.StructBlock)]
    assert structs
    assert [b for b in structs if not isinstance(b, ContentBlock)] == []
    assert not any(issubclass(one, ContentBlock) for one in CONTENT)


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("Кіріспе<p>Бір <b>екі</b></p>соңы", ["Кіріспе", "Бір екі", "соңы"]),
        ("<ul><li>бір</li><li>екі</li></ul><p>үш</p>", ["бір", "екі", "үш"]),
        ("<h2>Тақырып</h2><p>a<br/>b</p>", ["Тақырып", "a b"]),
        ("<div>а<p>CO<sub>2</sub></p>в</div>", ["а", "CO2", "в"]),
        ("", []),
    ],
)
def test_text_outside_paragraphs_is_text_as_it_is_shown(html, lines):
    block = blocks.RichTextBlock()
    assert list(text_lines(block, block.to_python(html))) == lines
