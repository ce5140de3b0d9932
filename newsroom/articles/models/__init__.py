"""Models of articles, sections and the entities that articles refer to."""

from newsroom.articles.models.article import (
    ArticleAuthor,
    ArticleOrganisation,
    ArticlePage,
    ArticlePerson,
    ArticlePlace,
    ArticleTopic,
)
from newsroom.articles.models.creation import PageCreation
from newsroom.articles.models.entities import Organisation, Person, Place, Topic
from newsroom.articles.models.section import SectionPage

__all__ = [
    "ArticleAuthor",
    "ArticleOrganisation",
    "ArticlePage",
    "ArticlePerson",
    "ArticlePlace",
    "ArticleTopic",
    "Organisation",
    "PageCreation",
    "Person",
    "Place",
    "SectionPage",
    "Topic",
]
