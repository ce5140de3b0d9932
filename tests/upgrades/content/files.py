"""Pictures and documents, with the same file names on both databases."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock

from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from newsroom.articles.models import ArticleAuthor, Person
from newsroom.demo import content as demo
from newsroom.files import storages
from newsroom.files.models import PictureCredit
from tests.upgrades.content.articles import article

PICTURE_WIDTH = 240  # pixels: the kept files must stay small


@contextmanager
def fixed_file_names() -> Iterator[None]:
    """Replace random folder names of files by a fixed sequence.

    Both databases then name the same files, which are kept once.
    """
    numbers = iter(range(100_000))

    def token(length: int | None = None) -> str:
        return sha256(f"kept file {next(numbers)}".encode()).hexdigest()[:22]

    with mock.patch.object(storages.secrets, "token_urlsafe", token):
        yield


def small_picture(name: str) -> Any:
    """Return a small copy of a picture of the demo."""
    model = get_image_model()
    title = Path(name).stem.replace("-", " ").capitalize()
    if existing := model.objects.filter(title=title).first():
        return existing
    with PillowImage.open(demo.FOLDER / "pictures" / name) as picture:
        picture.thumbnail((PICTURE_WIDTH, PICTURE_WIDTH))
        return _image(title, picture.convert("RGB"), f"{Path(name).stem}.jpg")


def _image(title: str, picture: PillowImage.Image, name: str) -> Any:
    data = BytesIO()
    picture.save(data, "JPEG", quality=60)
    file = ContentFile(data.getvalue(), name=name)
    return get_image_model().objects.create(title=title, file=file)


def make_files() -> None:
    """Create documents and pictures that a page shows, and some that no page shows."""
    documents = {}
    for title, name in (("Бағдарлама", "programme.pdf"), ("Құпия", "secret.pdf")):
        documents[title] = get_document_model().objects.create(
            title=title, file=ContentFile(f"%PDF-1.4 {name}".encode(), name=name)
        )
    shown = _image("Алаң", PillowImage.new("RGB", (120, 80), "olive"), "square.jpg")
    hidden = _image("Жасырын", PillowImage.new("RGB", (90, 90), "teal"), "hidden.jpg")
    hidden.get_rendition("max-165x165")
    for image in (shown, hidden):
        PictureCredit.objects.update_or_create(
            image=image, defaults={"credit": "Фото: редакция"}
        )
    page = article("Құжат пен сурет", "Төменде құжат бар.", lead_picture=shown)
    person = Person.objects.filter(locale=page.locale).order_by("name").first()
    page.authors = [ArticleAuthor(person=person)]
    blocks = [
        *page.body.get_prep_value(),
        {
            "type": "document",
            "value": {"document": documents["Бағдарлама"].pk, "title": "Бағдарлама"},
        },
    ]
    page.body, page.lead_picture_alt = json.dumps(blocks), "Бос алаң"
    page.save_revision().publish()
    article("Жарияланбаған сурет", "Суреті бар.", live=False, lead_picture=hidden)
