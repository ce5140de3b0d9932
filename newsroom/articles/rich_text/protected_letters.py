"""Rich text feature that protects letters from conversion to another script.

«Ә», «қ» or «ія» in an article about the alphabet stays unchanged in the Latin and
Arabic editions (:mod:`newsroom.transliteration.markup`). It is stored as ``<bdi>``:
inline elements of translation segments cannot have attributes, and letters of another
script need the bidirectional isolation that ``<bdi>`` provides.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    InlineStyleElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

FEATURE = "letters"
# The editor nests elements in the order of style names; see
# sanitising.paragraphs.INLINE_TAGS.
STYLE = "LETTERS"
ELEMENT = "bdi"


def register_feature(features: FeatureRegistry) -> None:
    """Register the editor button and the conversion to and from ``<bdi>``."""
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
