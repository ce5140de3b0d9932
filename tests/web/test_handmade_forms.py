"""Wagtail's views answer 400 to posted data that their own pages never send."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.signing import Signer
from django.urls import get_resolver, reverse
from wagtail.documents import get_document_model
from wagtail.models import UploadedFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client, admin_user):
    client.force_login(admin_user)
    return client


@pytest.fixture
def uploaded(admin_user):
    return UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(get_document_model()),
        file=ContentFile(b"%PDF-1.4", name="b.pdf"),
        uploaded_by_user=admin_user,
    )


def test_a_link_without_a_url_field_is_refused(client):
    url = reverse("wagtailadmin_choose_page_external_link")
    assert client.post(url).status_code == 400
    empty = {"external-link-chooser-url": "", "external-link-chooser-link_text": ""}
    assert client.post(url, empty).status_code == 200  # the form, with an error
    link = empty | {"external-link-chooser-url": "https://example.org/"}
    answer = client.post(url, link).json()
    assert answer["result"]["url"] == "https://example.org/"


@pytest.mark.parametrize("title", ["", "Қаулы"])
def test_an_uploaded_document_is_not_completed(client, uploaded, title):
    name = "wagtaildocs:create_multiple_from_uploaded_document"
    url = reverse(name, args=[uploaded.pk])
    data = {f"uploaded-document-{uploaded.pk}-title": title}
    assert client.post(url, data).status_code == 400
    assert not get_document_model().objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"import_file_name": "", "input_format": ""},
        {"import_file_name": "/etc/passwd", "input_format": "0"},
        {"import_file_name": Signer().sign("a.csv"), "input_format": "0:forged"},
    ],
)
def test_a_forged_import_of_redirects_is_refused(client, data):
    answer = client.post(reverse("wagtailredirects:process_import"), data)
    assert answer.status_code == 400


def test_errors_of_other_views_are_not_hidden(client, monkeypatch):
    """A failure of a view with the data of its own page stays an error."""
    from wagtail.admin.views.chooser import ExternalLinkView

    def fail(self):
        raise AttributeError

    monkeypatch.setattr(ExternalLinkView, "get_result_data", fail)
    url = reverse("wagtailadmin_choose_page_external_link")
    data = {
        "external-link-chooser-url": "https://example.org/",
        "external-link-chooser-link_text": "",
    }
    with pytest.raises(AttributeError):
        client.post(url, data)


def test_no_chooser_fails_at_an_empty_form(client):
    """Wagtail's view fails in choosers of models that it makes no form for."""
    names = {
        f"{namespace}:create"
        for namespace in get_resolver().namespace_dict
        if namespace.startswith("wagtailsnippetchoosers_")
    }
    assert len(names) >= 5
    answers = {name: client.post(reverse(name)).status_code for name in names}
    concept = "wagtailsnippetchoosers_newsroom_translation_concept:create"
    assert answers == dict.fromkeys(names, 200) | {concept: 400}
