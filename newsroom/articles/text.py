"""Plain text of an article's body, for search and excerpts."""

from wagtail.blocks import StreamValue

from newsroom.articles.block_content import text_lines


def body_text(body: StreamValue) -> str:
    """Return the text of *body*, one line for each part of a block."""
    lines = (line for block in body for line in text_lines(block.block, block.value))
    return "\n".join(line for line in lines if line.strip())
