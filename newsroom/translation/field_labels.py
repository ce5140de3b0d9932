"""The labels of the fields that segments belong to."""

from functools import cache

from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.text import capfirst
from wagtail.blocks import BaseStreamBlock, Block, ListBlock, StructBlock
from wagtail.fields import StreamField

from newsroom.articles.models import ArticlePage


@cache
def label_of(field_path: str) -> tuple[str | Promise, ...]:
    """Return the labels of field, block and part of a wagtail-localize field path.

    The outermost comes first; the result is empty for an unknown path.
    """
    name, *rest = field_path.split(".")
    try:
        field = ArticlePage._meta.get_field(name)
    except FieldDoesNotExist:  # of a model that has changed since
        return ()
    if not isinstance(field, StreamField):
        return (capfirst(field.verbose_name),)
    return tuple(_labels(field.stream_block, rest))


def _labels(block: Block, names: list[str]) -> list[str | Promise]:
    labels: list[str | Promise] = []
    for name in names:
        if isinstance(block, BaseStreamBlock | StructBlock):
            child = block.child_blocks.get(name)
        elif isinstance(block, ListBlock):
            child = block.child_block
        else:
            child = None
        if child is None:
            break
        if child.label and name != "item":
            labels.append(child.label)
        block = child
    return labels
