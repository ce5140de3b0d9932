"""Rich text editor of paragraphs."""

import json
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea

from newsroom.articles.rich_text.comment_positions import key_of


class PassageTextArea(DraftailRichTextArea):
    """Wagtail's rich text editor with a permanent key for each stored paragraph."""

    def format_value(self, value: Any) -> str:
        content = json.loads(super().format_value(value))
        for number, block in enumerate(content["blocks"]):
            block["key"] = key_of(number)
        return json.dumps(content)
