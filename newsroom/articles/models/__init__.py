"""What journalists write, and whom and what they write about."""

from newsroom.articles.models.article import ArticleAuthor, ArticlePage
from newsroom.articles.models.entities import Organisation, Person, Place, Topic
from newsroom.articles.models.section import SectionPage

__all__ = [
    "ArticleAuthor",
    "ArticlePage",
    "Organisation",
    "Person",
    "Place",
    "SectionPage",
    "Topic",
]
