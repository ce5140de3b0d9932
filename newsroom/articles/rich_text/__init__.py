"""Rich text: the editor of paragraphs, its features and the handlers of links."""
