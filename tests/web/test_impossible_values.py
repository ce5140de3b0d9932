"""Impossible numbers and files in requests get an answer, not a server error."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.formats import get_image_formats
from wagtail.rich_text import expand_db_html

from newsroom.sanitising.cleaning import clean_html
from newsroom.web.primary_keys import pks_in
from tests.articles.pictures import make_picture, picture_file
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db

HUGE = "99999999999999999999999"
NUMBERS = [HUGE, "9" * 5000, "-1", "0", "²", "٣", "1e3", "1.5", "", " ", "a", "\u200b1"]


def broken_pictures() -> dict[str, bytes]:
    whole = picture_file((300, 200))
    png = picture_file((300, 200), "PNG")
    webp = picture_file((300, 200), "WEBP")
    avif = picture_file((300, 200), "AVIF")
    buffer = BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green")]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    gif = buffer.getvalue()
    return {
        "a.jpg": whole[: len(whole) // 2],
        "head.jpg": whole[:400],
        "text.jpg": b"not a picture",
        "empty.jpg": b"",
        "a.png": png[: len(png) // 2],
        "a.webp": webp[: len(webp) // 2],
        "a.avif": avif[: len(avif) - len(avif) // 3],
        "a.gif": gif[: len(gif) - 30],
        "fake.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
        "fake.gif": b"GIF89a" + b"\0" * 64,
        "fake.webp": b"RIFF\x40\0\0\0WEBPVP8 " + b"\0" * 64,
    }


@pytest.mark.parametrize("name", broken_pictures())
def test_a_broken_picture_is_refused_at_every_way_to_upload(client, admin_user, name):
    client.force_login(admin_user)
    model = get_image_model()
    picture = make_picture((30, 20))

    def upload() -> SimpleUploadedFile:
        return SimpleUploadedFile(name, broken_pictures()[name])

    multiple = client.post(
        reverse("wagtailimages:add_multiple"), {"title": "a", "files[]": upload()}
    )
    assert multiple.json()["success"] is False
    assert multiple.json()["error_message"]
    single = client.post(reverse("wagtailimages:add"), {"title": "a", "file": upload()})
    assert single.context["form"].errors["file"]
    chooser = client.post(
        reverse("wagtailimages_chooser:create"),
        {"image-chooser-upload-title": "a", "image-chooser-upload-file": upload()},
    )
    assert chooser.status_code == 200
    url = reverse("wagtailimages:edit", args=[picture.pk])
    replaced = client.post(url, {"title": "a", "file": upload()})
    assert replaced.context["form"].errors["file"]
    assert [image.file.name for image in model.objects.all()] == [picture.file.name]


def test_a_picture_that_broke_after_its_upload_does_not_break_the_admin(
    client, admin_user, homes
):
    client.force_login(admin_user)
    picture = make_picture((300, 200))
    article = make_article(make_section(homes["kk"]), lead_picture=picture)
    Path(picture.file.path).write_bytes(picture_file((300, 200))[:300])
    for url in (
        reverse("wagtailimages:index"),
        reverse("wagtailimages:index") + "?layout=list",
        reverse("wagtailimages:edit", args=[picture.pk]),
        reverse("wagtailimages:delete", args=[picture.pk]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        article.url,
    ):
        assert client.get(url).status_code == 200, url


OK = {200, 410}  # the latter where the picture itself is asked for
BROKEN_LATER: dict[str, Callable[[Path], object]] = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:300]),
    "half": lambda path: path.write_bytes(path.read_bytes()[:2000]),
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_bytes(b"not a picture"),
    "missing": lambda path: path.unlink(),
}


@pytest.mark.parametrize("way", BROKEN_LATER)
def test_a_broken_picture_can_be_chosen_and_viewed_everywhere(
    client, admin_user, homes, way
):
    client.force_login(admin_user)
    picture = make_picture((300, 200))
    BROKEN_LATER[way](Path(picture.file.path))
    whole = make_picture((30, 20))
    pk = picture.pk
    chosen = reverse("wagtailimages_chooser:chosen", args=[pk])
    multiple = reverse("wagtailimages_chooser:chosen_multiple")
    url = reverse("wagtailimages_chooser:select_format", args=[pk])
    preview = reverse("wagtailimages:preview", args=[pk, "max-165x165"])
    bulk = f"/admin/bulk/wagtailimages/image/delete/?id={pk}&next=/admin/"
    article = make_article(make_section(homes["kk"]), lead_picture=picture)
    for address in (
        chosen,
        f"{chosen}?select_format=true",
        f"{multiple}?id={pk}&id={whole.pk}",
        url,
        reverse("wagtailimages:image_usage", args=[pk]),
        reverse("wagtailimages:edit", args=[pk]),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:index_results"),
        reverse("wagtailimages:index") + "?layout=list",
        reverse("wagtailimages:delete", args=[pk]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages_chooser:choose") + "?layout=list",
        reverse("wagtailimages_chooser:choose_results"),
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        bulk,
        preview,
    ):
        assert client.get(address).status_code in OK, address
    # Without Wagtail's view for pictures by address there is nothing to generate.
    for name in ("url_generator", "url_generator_output"):
        url_of = reverse(f"wagtailimages:{name}", args=[pk])
        query = {"filter_method": "width", "width": "200"}
        assert client.get(url_of, query, follow=True).status_code in OK | {404}
    for form in (one.name for one in get_image_formats()):
        answer = client.post(url, insertion(form))
        assert answer.status_code == 200, form
        assert answer.json()["step"] == "chosen"
    data = {"title": "Басқа атау", "collection": picture.collection_id}
    answer = client.post(reverse("wagtailimages:edit", args=[pk]), data)
    assert answer.status_code == 302
    picture.refresh_from_db()
    assert (picture.title, picture.width, picture.height) == ("Басқа атау", 300, 200)
    for rich in (f'<embed embedtype="image" id="{pk}" format="left" alt="a"/>',):
        assert "<img" in expand_db_html(rich)
        converter = ContentstateConverter(features=["image"])
        assert str(pk) in converter.from_database_format(rich)


def insertion(form: str) -> dict[str, str]:
    names = {"format": form, "alt_text": "a", "image_is_decorative": ""}
    return {f"image-chooser-insertion-{name}": text for name, text in names.items()}


def test_no_bytes_make_the_upload_of_a_document_fail(client, admin_user):
    client.force_login(admin_user)
    # The content must be of the named type, and may be anything else.
    uploads = (
        ("a.pdf", b"\0\xff", False),
        ("ө" * 200 + ".docx", b"PK\3\4", False),
        ("ө" * 200 + ".pdf", b"%PDF-\0\xff", True),
    )
    for name, data, is_accepted in uploads:
        answer = client.post(
            reverse("wagtaildocs:add_multiple"),
            {"title": "a", "files[]": SimpleUploadedFile(name, data)},
            headers={"x-requested-with": "XMLHttpRequest"},
        )
        assert answer.json()["success"] is is_accepted, name
    assert get_document_model().objects.count() == 1
    lacks_it = client.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "a", "other": SimpleUploadedFile("a.pdf", b"1")},
    )
    assert lacks_it.status_code == 400


@pytest.mark.parametrize("number", NUMBERS, ids=lambda text: repr(text[:9]))
def test_no_number_in_a_request_makes_the_site_fail(client, admin_user, homes, number):
    client.force_login(admin_user)
    article = make_article(make_section(homes["kk"]))
    desk = reverse("translation_desk:index")
    queries = [
        *((f"{desk}{way}/", "article") for way in ("submit", "assign", "draft")),
        (desk, "p"),
        (desk, "locale"),
        (desk, "translator"),
        (desk, "section"),
        (reverse("jobs:index"), "p"),
        (reverse("wagtailimages:index"), "collection_id"),
        (reverse("wagtailimages_chooser:choose_results"), "collection_id"),
        (reverse("wagtaildocs:index"), "p"),
        ("/kk/", "page"),
        (article.get_parent().url, "page"),
        ("/kk/search/", "page"),
        ("/kk/search/", "section"),
        ("/kk/search/", "place"),
        ("/kk/search/results.json", "page"),
        ("/kk/archive/", "page"),
        (f"{article.url}versions/", "page"),
    ]
    for url, name in queries:
        answer = client.get(url, {name: number}, follow=True)
        assert answer.status_code < 500, (url, name)


@pytest.mark.parametrize("number", ["0", HUGE, "9" * 400])
def test_no_number_in_an_address_makes_the_site_fail(client, admin_user, homes, number):
    client.force_login(admin_user)
    article = make_article(make_section(homes["kk"]))
    desk = reverse("translation_desk:index")
    for url in (
        f"{article.url}versions/{number}/",
        f"{article.url}versions/{number}/changes/",
        f"{article.url}versions/1/changes/{number}/",
        f"/a/{number}/",
        f"/kk/archive/{number}/",
        f"/kk/archive/2024/{number}/",
        f"/documents/{number}/a.pdf",
        f"/files/images/{number}",
        f"{desk}releases/{number}/",
        f"{desk}releases/new/{number}/",
        f"{desk}translation/{number}/",
        f"{desk}changes/{number}/",
        f"{desk}handmade/{number}/",
        f"{desk}export/{number}/po/",
        f"{reverse('jobs:index')}{number}/",
        f"/admin/corrections/{number}/",
        f"/admin/corrections/{article.pk}/{number}/",
        f"/admin/pages/{number}/edit/",
        f"/admin/images/{number}/",
        f"/admin/documents/edit/{number}/",
    ):
        assert client.get(url, follow=True).status_code in {200, 404}, url


def test_keys_are_what_a_database_can_look_up():
    assert pks_in(["1", "٣", "²", "-1", HUGE, "9" * 18, "1.0", "", "a"]) == [
        1,
        int("9" * 18),
    ]


ODD_LINKS = [
    '<a linktype="document">a</a>',
    '<a linktype="page">a</a>',
    '<a linktype="document" id="">a</a>',
    '<a linktype="document" id="a5">a</a>',
    '<a linktype="page" id="٣">a</a>',
    '<a linktype="page" id="0">a</a>',
    f'<a linktype="page" id="{HUGE}">a</a>',
    '<a id="5" linktype="unknown">a</a>',
]


@pytest.mark.parametrize("link", ODD_LINKS)
def test_a_link_of_our_own_without_a_number_is_saved_as_its_text(client, homes, link):
    paragraph = ("paragraph", f"<p>{link} және <b>басқа</b></p>")
    article = make_article(make_section(homes["kk"]), body=[paragraph])
    stored = str(article.body.raw_data[0]["value"])
    assert "linktype" not in stored
    assert BeautifulSoup(stored, "html.parser").get_text() == "a және басқа"
    assert "<b>басқа</b>" in stored
    assert client.get(article.url).status_code == 200


def test_links_that_name_a_number_stay_and_may_lead_nowhere_yet(client, homes):
    for kind in ("page", "document"):
        link = f'<a linktype="{kind}" id="987654">a</a>'
        assert link in clean_html(f"<p>{link}</p>") or (
            f'<a id="987654" linktype="{kind}">' in clean_html(f"<p>{link}</p>")
        )
        article = make_article(
            make_section(homes["kk"], title=kind), body=[("paragraph", link)]
        )
        assert client.get(article.url).status_code == 200
    beside = clean_html('<a href="https://a.kz/?x>y" linktype="page">a</a>')
    assert 'href="https://a.kz/?x' in beside
    assert "linktype" not in beside
