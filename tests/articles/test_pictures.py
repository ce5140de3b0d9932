"""Pictures on readers' pages, and the files of their renditions."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext
from django_tasks_db.models import DBTaskResult
from PIL import ExifTags, Image
from wagtail.images import get_image_model
from wagtail.models import Site
from wagtail.users.models import UserProfile

from newsroom.pictures.layouts import BODY, CARD, FRONT, LAYOUTS, LEAD, ROW
from newsroom.pictures.renditions import make
from tests.articles.pictures import make_picture, picture_file
from tests.factories import make_article, make_section
from tests.worker.working import do_jobs

ALT = "Қызылордадағы көпір"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


def block(picture, alt="Сурет") -> tuple:
    return ("picture", {"picture": picture, "alt": alt, "caption": "", "credit": ""})


def soup_at(client, url: str, **headers: str) -> BeautifulSoup:
    response = client.get(url, **headers)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def candidates(source) -> list[tuple[str, int]]:
    """Return the addresses and widths of a ``srcset``."""
    pairs = (candidate.split() for candidate in source["srcset"].split(", "))
    return [(url, int(width.removesuffix("w"))) for url, width in pairs]


def opened(media: Path, url: str) -> Image.Image:
    return Image.open(media / url.removeprefix("/media/"))


def specs(picture) -> set[str]:
    return set(picture.renditions.values_list("filter_spec", flat=True))


def test_a_page_has_each_picture_in_modern_formats_and_several_widths(
    client, section, media
):
    article = make_article(
        section,
        lead_picture=make_picture((2400, 1600)),
        lead_picture_alt=ALT,
        body=[block(make_picture((2400, 1600)), "Алаң")],
    )
    do_jobs()
    soup = soup_at(client, article.url)
    for picture, layout, alt in zip(
        soup.main.find_all("picture"), (LEAD, BODY), (ALT, "Алаң"), strict=True
    ):
        sources = picture.find_all("source")
        assert [s["type"] for s in sources] == ["image/avif", "image/webp"]
        for source, kind in zip(sources, ("AVIF", "WEBP"), strict=True):
            assert source["sizes"] == layout.sizes
            assert [width for _url, width in candidates(source)] == list(layout.widths)
            for url, width in candidates(source):
                with opened(media, url) as file:
                    assert (file.format, file.width) == (kind, width)
        with opened(media, picture.img["src"]) as file:
            assert file.format == "JPEG"
            assert file.size == (int(picture.img["width"]), int(picture.img["height"]))
        assert picture.img["alt"] == alt


def test_the_first_picture_of_a_page_is_loaded_at_once_and_the_others_in_sight(
    client, homes, section
):
    picture = make_picture()
    articles = [
        make_article(section, title=f"Форум {n}", lead_picture=picture)
        for n in range(8)
    ]
    with_body = make_article(section, body=[block(picture), block(picture)])
    for url in (articles[0].url, section.url, homes["kk"].url, with_body.url):
        first, *others = soup_at(client, url).main.find_all("img")
        assert first["fetchpriority"] == "high"
        assert not first.has_attr("loading")
        assert others or url == articles[0].url
        for other in others:
            assert (other["loading"], other["decoding"]) == ("lazy", "async")
            assert not other.has_attr("fetchpriority")


@pytest.mark.parametrize("size", [(600, 400), (100, 60), (400, 900)], ids=str)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_small_picture_is_not_enlarged_and_has_no_file_twice(db, size, layout):
    picture = make_picture(size)
    make(picture, [layout])
    sizes = [
        (Path(r.file.name).suffix, r.width, r.height) for r in picture.renditions.all()
    ]
    assert sizes
    assert all(w <= size[0] and h <= size[1] for _suffix, w, h in sizes)
    assert len(sizes) == len(set(sizes))


@pytest.mark.parametrize("layout", [FRONT, ROW, CARD], ids=lambda one: one.name)
def test_renditions_keep_the_focal_point(db, layout):
    """The left half is red, the right half is blue."""
    focus = {"focal_point_width": 100, "focal_point_height": 100}
    on_the_right = make_picture(
        (3000, 500), focal_point_x=2900, focal_point_y=250, **focus
    )
    on_the_left = make_picture(
        (3000, 500), focal_point_x=100, focal_point_y=250, **focus
    )
    for picture, channel in ((on_the_right, 2), (on_the_left, 0)):
        make(picture, [layout])
        for rendition in picture.renditions.all():
            with Image.open(rendition.file.path) as file:
                colours = file.convert("RGB").resize((1, 1)).getpixel((0, 0))
            assert colours[channel] > 240, rendition.filter_spec


def test_a_page_makes_one_file_for_each_place_and_leaves_the_rest_to_the_worker(
    client, section
):
    lead, inner = make_picture((2400, 1600)), make_picture((2400, 1600))
    article = make_article(section, lead_picture=lead, body=[block(inner)])
    assert not lead.renditions.exists()
    soup = soup_at(client, article.url)
    assert [len(p.find_all("source")) for p in soup.find_all("picture")] == [0, 0]
    assert specs(lead) == {LEAD.fallback(), CARD.fallback()}
    assert specs(inner) == {BODY.fallback()}
    do_jobs()
    whole = [spec for one in (LEAD, CARD, FRONT, ROW) for spec in one.specs()]
    assert specs(lead) == set(whole)
    assert specs(inner) == set(BODY.specs())
    made = set(lead.renditions.values_list("pk", flat=True))
    soup_at(client, article.url)
    article.save_revision().publish()
    do_jobs()
    assert set(lead.renditions.values_list("pk", flat=True)) == made
    assert not DBTaskResult.objects.ready().exists()


def test_a_publication_that_is_rolled_back_leaves_nothing_to_do(section):
    picture = make_picture()
    article = make_article(section, lead_picture=picture, live=False)
    with pytest.raises(RuntimeError), transaction.atomic():
        article.save_revision().publish()
        assert DBTaskResult.objects.ready().count() == 1
        raise RuntimeError
    assert not DBTaskResult.objects.exists()


def test_a_changed_focal_point_makes_new_renditions(section):
    picture = make_picture((3000, 500))
    article = make_article(section, lead_picture=picture)
    do_jobs()
    before = picture.renditions.filter(filter_spec=ROW.fallback()).get()
    picture.focal_point_x, picture.focal_point_y = 2900, 250
    picture.focal_point_width = picture.focal_point_height = 100
    picture.save()
    do_jobs()
    after = picture.renditions.filter(filter_spec=ROW.fallback())
    assert after.exclude(pk=before.pk).count() == 1
    assert article.lead_picture_id == picture.pk


def test_pictures_from_before_have_their_files_made_by_a_command(section, capsys):
    picture = make_picture((300, 200))
    make_article(section, lead_picture=picture, body=[block(make_picture((300, 200)))])
    DBTaskResult.objects.all().delete()
    call_command("make_pictures")
    expected = picture.renditions.count() + len(BODY.specs_of(picture))
    assert capsys.readouterr().out == f"{expected} renditions generated.\n"
    call_command("make_pictures")
    assert capsys.readouterr().out == "0 renditions generated.\n"


@pytest.mark.parametrize("what", ["missing", "empty", "no picture", "cut off"])
def test_a_page_does_without_a_picture_that_is_missing_or_broken(
    client, homes, section, what
):
    picture = make_picture()
    make_article(section, title="Басқа мақала", lead_picture=picture)
    article = make_article(
        section,
        lead_picture=picture,
        lead_picture_caption="Сурет туралы",
        body=[block(picture), ("paragraph", "<p>Мәтін</p>")],
    )
    path = Path(picture.file.path)
    contents = {"empty": b"", "no picture": b"GIF", "cut off": path.read_bytes()[:200]}
    path.unlink() if what == "missing" else path.write_bytes(contents[what])
    do_jobs()
    assert not picture.renditions.exists()
    for url in (article.url, section.url, homes["kk"].url):
        soup = soup_at(client, url)
        assert article.title in soup.main.get_text()
        assert not soup.main.find_all(["img", "figure"])
        assert not soup.find("meta", property="og:image")
        assert not soup.select(".has-picture")


@pytest.mark.parametrize(
    ("port", "root"),
    [(80, "http://a.kz"), (443, "https://a.kz"), (8123, "http://a.kz:8123")],
)
def test_social_networks_get_the_picture_at_the_site_s_own_address(
    client, section, settings, port, root
):
    settings.WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
    Site.objects.update(hostname="a.kz", port=port)
    Site.clear_site_root_paths_cache()
    settings.ALLOWED_HOSTS = ["a.kz"]
    article = make_article(section, lead_picture=make_picture((2400, 1600)))
    head = soup_at(client, article.url, HTTP_HOST="a.kz")
    picture = head.find("meta", property="og:image")["content"]
    assert picture.startswith(f"{root}{settings.MEDIA_URL}")
    assert head.find("meta", property="og:url")["content"] == root + article.url


def test_a_page_does_without_a_picture_that_was_deleted(client, section):
    picture = make_picture()
    article = make_article(section, lead_picture=picture, body=[block(picture)])
    picture.delete()
    assert not soup_at(client, article.url).main.find_all(["img", "figure"])


def test_more_pictures_take_no_more_queries(client, homes, section):
    counts = []
    for number in (1, 7):
        pictures = [make_picture((300, 200)) for _ in range(number)]
        articles = [
            make_article(section, title=f"Форум {number} {n}", lead_picture=picture)
            for n, picture in enumerate(pictures)
        ]
        articles[0].body = [block(picture) for picture in pictures]
        articles[0].save_revision().publish()
        do_jobs()
        with CaptureQueriesContext(connection) as of_page:
            client.get(articles[0].url)
        with CaptureQueriesContext(connection) as of_lists:
            client.get(section.url)
            client.get(homes["kk"].url)
        counts.append((len(of_page), len(of_lists)))
    assert counts[0] == counts[1]


def test_files_of_pictures_have_no_metadata_of_the_place(db):
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Тілші"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (44.0, 51.0, 0.0)
    data = picture_file(exif=exif, comment=b"secret", icc_profile=b"no profile")
    picture = make_picture(data=data)
    with Image.open(picture.file.path) as file:
        assert not file.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    make(picture, [ROW, CARD])
    assert picture.renditions.count() == 6
    for rendition in picture.renditions.all():
        with Image.open(rendition.file.path) as file:
            assert not dict(file.getexif())
            assert not {"exif", "xmp", "comment", "icc_profile"} & set(file.info)


def test_pictures_for_print_have_the_colours_of_the_web(db):
    buffer = BytesIO()
    Image.new("CMYK", (600, 400), (0, 255, 255, 0)).save(buffer, "JPEG")
    picture = make_picture((600, 400), data=buffer.getvalue())
    make(picture, [ROW])
    assert picture.renditions.count() == len(ROW.specs_of(picture))
    for rendition in picture.renditions.all():
        with Image.open(rendition.file.path) as file:
            assert file.mode == "RGB"
            red, green, blue = file.getpixel((10, 10))
        assert red > 200 > 60 > max(green, blue)


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (
            {"WAGTAILIMAGES_MAX_UPLOAD_SIZE": 1024},
            "This file is too big (%(file_size)s). Maximum filesize %(max_filesize)s.",
        ),
        (
            {"WAGTAILIMAGES_MAX_IMAGE_PIXELS": 999_999},
            "This file has too many pixels (%(num_pixels)s). "
            "Maximum pixels %(max_pixels_count)s.",
        ),
    ],
    ids=["bytes", "pixels"],
)
def test_an_upload_that_is_too_large_is_refused_with_a_reason(
    client, admin_user, settings, code, limits, message
):
    for name, limit in limits.items():
        setattr(settings, name, limit)
    UserProfile.get_for_user(admin_user)
    UserProfile.objects.update(preferred_language=code)
    client.force_login(admin_user)
    file = SimpleUploadedFile("large.jpg", picture_file((1000, 1000)))
    response = client.post("/admin/images/add/", {"title": "Үлкен", "file": file})
    assert not get_image_model().objects.exists()
    (said,) = response.context["form"].errors["file"]
    with translation.override(code):
        expected = gettext(message)
    assert (expected == message) == (code == "en")
    stretches = re.split(r"%\(\w+\)s", expected)
    assert re.fullmatch(".+".join(map(re.escape, stretches)), said)


def test_the_largest_upload_is_a_photograph_and_no_bomb():
    """A picture that is unpacked as its files are made takes three bytes a pixel."""
    assert settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS < Image.MAX_IMAGE_PIXELS
    assert settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE == 20 * 1024 * 1024
