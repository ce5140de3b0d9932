"""The writers' mark for letters that are not converted to another script.

«Ә», «қ» or «ія» in an article about the alphabet stays as written in the Latin and
Arabic editions (:mod:`newsroom.scripts.markup`). It is stored as ``<bdi>``: inline
elements of segments have no attributes, and letters of another script need the
isolation from the text around them that ``<bdi>`` gives.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    InlineStyleElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

FEATURE = "letters"
# By the names of styles the editor nests elements; see intake.paragraphs.INLINE_TAGS.
STYLE = "LETTERS"
ELEMENT = "bdi"


def register_feature(features: FeatureRegistry) -> None:
    """Register the button and the conversion to and from ``<bdi>``."""
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        InlineStyleFeature(
            {
                "type": STYLE,
                "icon": "lock",
                "description": _("Leave the letters"),
                "style": {"borderBottom": "1px dotted"},
            }
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {ELEMENT: InlineStyleElementHandler(STYLE)},
            "to_database_format": {"style_map": {STYLE: ELEMENT}},
        },
    )
