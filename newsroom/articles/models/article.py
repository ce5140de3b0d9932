"""Articles (news and press releases) and their metadata."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from newsroom.articles import orthographies
from newsroom.articles.blocks import BODY_BLOCKS
from newsroom.articles.fields import CleanStreamField
from newsroom.articles.forms import ArticleForm
from newsroom.articles.models.entities import (
    Organisation,
    Person,
    Place,
    Topic,
)
from newsroom.articles.models.localized_page import SCHEDULE_FIELDS, LocalizedPage
from newsroom.articles.models.names import names_of
from newsroom.articles.models.sub_urls import SubURLs
from newsroom.articles.models.title_panel import title_panel
from newsroom.articles.pictures import prefetch_pictures
from newsroom.articles.querysets import ArticleManager
from newsroom.articles.rich_text.loaded_links import loaded_links

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from newsroom.articles.site_state import SiteState
    from search.models import FacetValue


def _chooser(
    relation: str, field: str, heading: "StrPromise", label: "StrPromise"
) -> MultipleChooserPanel:
    return MultipleChooserPanel(relation, field, heading=heading, label=label)


class ArticlePage(SubURLs, LocalizedPage):
    """One language version of an article, below a section of that language.

    ``published_at`` is the date on which its outlet published it, which may be long
    before it was added to the archive. If nobody sets it, it is None until the first
    publication, and the time of that publication afterwards. People, places and other
    entities may be chosen in any language: templates show their names in the reader's
    language.
    """

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        PRESS_RELEASE = "press_release", _("Press release")
        STATEMENT = "statement", _("Statement")
        ANNOUNCEMENT = "announcement", _("Announcement")
        INTERVIEW = "interview", _("Interview")

    parent_page_types = ["articles.SectionPage"]
    # A translation is written in today's letters.
    fields_of_one_version = (*SCHEDULE_FIELDS, "orthography")
    subpage_types: list[str] = []
    template = "articles/article_page.html"
    base_form_class = ArticleForm

    lead = models.TextField(
        _("lead"), help_text=_("What happened, in two or three sentences.")
    )
    body = CleanStreamField(BODY_BLOCKS, verbose_name=_("text"), blank=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.NEWS
    )
    published_at = models.DateTimeField(
        _("publication date"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "When the article first appeared, here or elsewhere. If left empty, it is "
            "the moment of the first publication here."
        ),
    )
    orthography = models.CharField(
        _("orthography"),
        max_length=35,
        choices=orthographies.choices,
        blank=True,
        help_text=_(
            "In which letters the text was printed. Needed only where the letters do "
            "not tell, as in short texts in Latin letters of 1929–40. The text stays "
            "as it is in all scripts of the site."
        ),
    )
    dateline = models.ForeignKey(
        Place,
        verbose_name=_("dateline"),
        help_text=_("The place that the article reports from."),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    outlet = models.ForeignKey(
        Organisation,
        verbose_name=_("source"),
        help_text=_("The outlet that first published the article."),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    source_url = models.URLField(_("original address"), max_length=1000, blank=True)
    lead_picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_picture_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    lead_picture_caption = models.CharField(_("caption"), max_length=500, blank=True)
    lead_picture_credit = models.CharField(_("credit"), max_length=255, blank=True)

    objects = ArticleManager()

    # Set on an article that was found by its URL (newsroom.articles.page_rows).
    page_rows: Any = None  # a Batch, or None
    body_source = ""  # the row as JSON
    site_state: "SiteState"
    # newsroom.articles.kept_pages.served, which imports this module.
    serve_kept: ClassVar[Callable[..., HttpResponse]]
    page_values: "list[FacetValue] | None" = None

    content_panels = [
        title_panel(
            heading=_("Headline"),
            placeholder=_("Headline"),
            help_text=_("As readers see it."),
        ),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    picture_panel = MultiFieldPanel(
        [
            FieldPanel("lead_picture"),
            FieldPanel("lead_picture_alt"),
            FieldPanel("lead_picture_caption"),
            FieldPanel("lead_picture_credit"),
        ],
        heading=_("Lead picture"),
    )
    record_panels = [
        FieldPanel("kind"),
        FieldPanel("published_at"),
        FieldPanel("orthography"),
        FieldPanel("dateline"),
        _chooser("authors", "person", _("Authors"), _("author")),
        MultiFieldPanel(
            [FieldPanel("outlet"), FieldPanel("source_url")], heading=_("Source")
        ),
        picture_panel,
        MultiFieldPanel(
            [
                _chooser("topics", "topic", _("Topics"), _("topic")),
                _chooser("people", "person", _("People"), _("person")),
                _chooser(
                    "organisations",
                    "organisation",
                    _("Organisations"),
                    _("organisation"),
                ),
                _chooser("places", "place", _("Places"), _("place")),
            ],
            heading=_("What the article is about"),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text")),
            ObjectList(record_panels, heading=_("About the article")),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("slug"),
                            FieldPanel("seo_title"),
                            FieldPanel("search_description"),
                        ],
                        heading=_("For search engines"),
                    )
                ],
                heading=_("Promotion"),
            ),
            # Wagtail's schedule dialog and comments: they have no visible tab.
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("kind"),
        index.FilterField("published_at"),
    ]
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("lead"),
        TranslatableField("lead_picture_alt"),
        TranslatableField("lead_picture_caption"),
        TranslatableField("lead_picture_credit"),
        TranslatableField("body"),
        TranslatableField("seo_title"),
        TranslatableField("search_description"),
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "kind",
                "published_at",
                "dateline",
                "outlet",
                "source_url",
                "authors",
                "topics",
                "people",
                "organisations",
                "places",
            )
        ),
        SynchronizedField("lead_picture"),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def written_in(self) -> str:
        """The language tag of the article's own text."""
        code = self.locale.language_code
        is_known = self.orthography in orthographies.orthographies_of(code)
        return self.orthography if is_known else code

    def orthography_of_title(self) -> str:
        return self.orthography

    def clean(self) -> None:
        super().clean()
        if self.orthography and self.locale_id:
            try:
                orthographies.validate(self.orthography, self.locale.language_code)
            except ValidationError as error:
                raise ValidationError({"orthography": error}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        is_published = fields is None or {"live", "published_at"} & set(fields)
        if is_published and self.live and not self.published_at:
            self._set_date()
            if fields is not None:
                kwargs["update_fields"] = {*fields, "published_at"}
        super().save(*args, **kwargs)

    def _set_date(self) -> None:
        """Set the date to the first publication, in the row and the live revision."""
        self.published_at = self.first_published_at or timezone.now()
        revision = self.live_revision
        if revision and revision.content.get("published_at") is None:
            revision.content["published_at"] = self.published_at
            revision.save(update_fields=["content"])

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Preview an undated draft with the current time as its date."""
        self.published_at = self.published_at or timezone.now()
        return super().serve_preview(request, mode_name)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render the page at once if its rows are loaded, which links need."""
        if self.page_rows is None or kwargs.get("view"):
            return super().serve(request, *args, **kwargs)

        def render() -> HttpResponse:
            response = super(ArticlePage, self).serve(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response

        with loaded_links(self.page_rows, self.locale_id):
            return self.serve_kept(request, self, render)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        prefetch_pictures(self)
        return super().get_context(request, *args, **kwargs) | {"names": names_of(self)}


class ArticleEntity(Orderable):
    """A person, place or other entity of an article, in the order set by the editor.

    ``entity_field`` is the name of the foreign key to the entity. An entity that is
    referenced by such a row cannot be deleted.
    """

    entity_field: str

    class Meta(Orderable.Meta):
        abstract = True


class ArticleAuthor(ArticleEntity):
    entity_field = "person"

    article = ParentalKey(ArticlePage, related_name="authors")
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("person"), related_name="+"
    )

    class Meta(ArticleEntity.Meta):
        verbose_name = _("author of the article")
        verbose_name_plural = _("authors of the article")


class ArticleTopic(ArticleEntity):
    entity_field = "topic"

    article = ParentalKey(ArticlePage, related_name="topics")
    topic = models.ForeignKey(
        Topic, models.PROTECT, verbose_name=_("topic"), related_name="+"
    )

    class Meta(ArticleEntity.Meta):
        verbose_name = _("topic of the article")
        verbose_name_plural = _("topics of the article")


class ArticlePerson(ArticleEntity):
    entity_field = "person"

    article = ParentalKey(ArticlePage, related_name="people")
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("person"), related_name="+"
    )

    class Meta(ArticleEntity.Meta):
        verbose_name = _("person in the article")
        verbose_name_plural = _("people in the article")


class ArticleOrganisation(ArticleEntity):
    entity_field = "organisation"

    article = ParentalKey(ArticlePage, related_name="organisations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="+"
    )

    class Meta(ArticleEntity.Meta):
        verbose_name = _("organisation in the article")
        verbose_name_plural = _("organisations in the article")


class ArticlePlace(ArticleEntity):
    entity_field = "place"

    article = ParentalKey(ArticlePage, related_name="places")
    place = models.ForeignKey(
        Place, models.PROTECT, verbose_name=_("place"), related_name="+"
    )

    class Meta(ArticleEntity.Meta):
        verbose_name = _("place in the article")
        verbose_name_plural = _("places in the article")
