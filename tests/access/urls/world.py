"""The site of the tables: a thing of each kind, for every URL to be asked about."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    Locale,
    Page,
    PageViewRestriction,
    Site,
    UploadedFile,
)
from wagtail_localize.models import OverridableSegment, StringSegment

from newsroom.articles.models import Organisation, Person, Place, Topic
from newsroom.bin.models import DeletedPage
from newsroom.corrections.models import PublishedVersion
from newsroom.corrections.withdrawing import withdraw
from newsroom.translation.models import Concept, Release, Term
from newsroom.worker.models import Job, RestoreHold
from tests.access.rights import Newsroom, member_of
from tests.articles.pictures import make_picture
from tests.corrections.articles import correct, publish
from tests.factories import home_pages, make_article, make_section
from tests.translation.articles import submit

# Column of the tables -> group, None for an account without a group.
GROUPS: dict[str, str | None] = {
    "no-role": None,
    "journalist": "Journalists",
    "editor": "News editors",
    "publisher": "Publishers",
    "archivist": "Archivists",
    "admin": "Administrators",
    "transl-kk": "Translators: kk",
    "transl-ru": "Translators: ru",
    "l-ed-kk": "Language editors: kk",
    "l-ed-ru": "Language editors: ru",
}
NOBODY, SUPERUSER = "nobody", "superuser"
COLUMNS = (NOBODY, *GROUPS, SUPERUSER)


class World:
    """A site with articles in every state in Kazakh and Russian, and their files."""

    def __init__(self) -> None:
        self.users = self._accounts()
        self.homes: dict[str, Any] = home_pages()
        self.newsroom = Newsroom(self.homes)
        self.section = self.newsroom.sections["kk"]
        self.other_section = make_section(self.homes["kk"], "Спорт")
        self.live = self._published_with_versions()
        self.live_ru = self.newsroom.live["ru"]
        self.draft = self.newsroom.drafts["kk"]
        self.draft_ru = self.newsroom.drafts["ru"]
        self.reviewed = self.newsroom.reviewed["kk"]
        self.reviewed_ru = self.newsroom.reviewed["ru"]
        self.scheduled = self._scheduled()
        self.withdrawn = self._withdrawn()
        self.restricted = self._restricted()
        self._deleted()
        self._files()
        self._names()
        self._translation()
        self._administration()
        # Mail is sent all the same: the tests' backend does not ask.
        RestoreHold.objects.create(taken_at=timezone.now(), restored_at=timezone.now())

    def _accounts(self) -> dict[str, Any]:
        users = {
            name: member_of(group)
            if group
            else get_user_model().objects.create_user(name)
            for name, group in GROUPS.items()
        }
        users[SUPERUSER] = get_user_model().objects.create_superuser(
            "root", "root@example.org", "x"
        )
        self.colleague = get_user_model().objects.create_user("colleague")
        self.chief = get_user_model().objects.create_superuser("chief")
        return users

    def _published_with_versions(self) -> Any:
        """Return an article of three versions; the first is withdrawn."""
        article = self.newsroom.live["kk"]
        correct(article, "Бес емес, алты.")
        for title in ("Форум өтті", "Форум аяқталды"):
            article = publish(article, title=title)
        first = PublishedVersion.objects.get(article=article, number=1)
        withdraw(first, user=self.users[SUPERUSER], reason="Сот шешімі")
        self.correction = article.corrections.first()
        return article

    def _scheduled(self) -> Any:
        article = make_article(self.section, live=False, title="Кейін шығады")
        article.go_live_at = timezone.now() + timedelta(days=300)
        article.save_revision().publish()
        return type(article).objects.get(pk=article.pk)

    def _withdrawn(self) -> Any:
        article = make_article(self.section, title="Алынып тасталды")
        article.unpublish()
        return type(article).objects.get(pk=article.pk)

    def _restricted(self) -> Any:
        article = make_article(self.section, title="Тек топқа")
        self.restriction = PageViewRestriction.objects.create(
            page=article, restriction_type="groups"
        )
        self.restriction.groups.set([Group.objects.get(name="Publishers")])
        return article

    def _deleted(self) -> None:
        for home in ("kk", "ru"):
            section = self.newsroom.sections[home]
            make_article(section, title=f"Жойылды {home}").delete()
        self.deleted = DeletedPage.objects.get(title="Жойылды kk")
        self.deleted_ru = DeletedPage.objects.get(title="Жойылды ru")

    def _files(self) -> None:
        self.image, self.document = self.newsroom.files
        self.shown_picture = make_picture()
        documents = get_document_model().objects
        self.public_document = documents.create(
            title="Ашық", file=ContentFile(b"%PDF-1.4", name="open.pdf")
        )
        body = [("document", {"document": self.public_document})]
        make_article(
            self.section, title="Құжат", body=body, lead_picture=self.shown_picture
        )
        owner = self.users[SUPERUSER]
        self.uploaded_image, self.uploaded_document = (
            UploadedFile.objects.create(
                for_content_type=ContentType.objects.get_for_model(model),
                file=file,
                uploaded_by_user=owner,
            )
            for model, file in (
                (type(self.image), get_test_image_file()),
                (type(self.document), ContentFile(b"%PDF-1.4", name="b.pdf")),
            )
        )

    def _names(self) -> None:
        kazakh = Locale.objects.get(language_code="kk")
        self.names = [
            model.objects.create(name="Атау", locale=kazakh)
            for model in (Person, Organisation, Place, Topic)
        ]
        self.concept = Concept.objects.create()
        Term.objects.create(concept=self.concept, locale=kazakh, text="форум")

    def _translation(self) -> None:
        russian = Locale.objects.get(language_code="ru")
        self.translation = submit(self.live, russian)
        self.target = self.translation.get_target_instance()
        self.segment = StringSegment.objects.filter(
            source=self.translation.source
        ).first()
        self.override = OverridableSegment.objects.filter(
            source=self.translation.source
        ).first()
        self.release = Release.objects.create(
            translation_key=self.draft.translation_key
        )
        self.release.languages.create(locale=self.draft.locale)
        self.job = Job.objects.create(kind="submit", owner=self.users[SUPERUSER])

    def _administration(self) -> None:
        self.redirect = Redirect.objects.create(
            old_path="/old", redirect_page=Page.objects.get(pk=self.live.pk)
        )
        self.collection = Collection.get_first_root_node().add_child(name="Мұрағат")
        self.locale = Locale.objects.get(language_code="en")
        self.group = Group.objects.create(name="Own")
        self.site = Site.objects.get(is_default_site=True)
        self.workflow = self.section.get_workflow()
        self.task = self.workflow.tasks[0]
        self.task_state = self.reviewed.current_workflow_task_state
        self.task_state_ru = self.reviewed_ru.current_workflow_task_state
