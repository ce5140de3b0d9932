"""Every URL that may serve a file."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.documents import get_document_model

from newsroom.files.storages import rendition_storage
from newsroom.pictures.layouts import LAYOUTS
from newsroom.pictures.renditions import make

ADMIN_SPECS = ("max-165x165", "max-800x600", "original", "fill-600x338")


def make_document(name: str = "kauly.pdf", **fields: Any) -> Any:
    fields.setdefault("title", "Қаулы")
    return get_document_model().objects.create(
        file=ContentFile(b"%PDF-1.4 secret", name=name), **fields
    )


def make_all_renditions(image: Any) -> None:
    """Create all renditions of *image* that readers' pages and the admin show."""
    # make() leaves the renditions for readers prefetched, and no others.
    make(type(image).objects.get(pk=image.pk), LAYOUTS.values())
    for spec in ADMIN_SPECS:
        image.get_rendition(spec)


def readers_urls(image: Any) -> list[str]:
    """Return the URLs of renditions for readers, also of those that are not public."""
    rows = image.renditions.filter(filter_spec__endswith="plain")
    return [f"/media/{name}" for name in rows.values_list("file", flat=True)]


def never_public_urls(image: Any) -> list[str]:
    """Return URLs at which the original and the admin's renditions might be found."""
    original = image.file.name
    admin = image.renditions.exclude(filter_spec__endswith="plain")
    names = [original, *admin.values_list("file", flat=True)]
    guesses = [
        f"original_images/{image.filename}",
        f"images/{image.filename}",
        *(f"images/{name.rsplit('/', 1)[1]}" for name in names),
        *(
            f"images/{name.rsplit('/', 1)[1]}"
            for name in image.renditions.values_list("file", flat=True)
        ),
        "images/",
        "original_images/",
        "documents/",
        "../private/" + original,
        "..%2fprivate/" + original,
    ]
    return [
        *(f"/media/{name}" for name in [*names, *guesses]),
        *(f"/files/{name}" for name in [*names, *guesses]),
        default_storage.url(original),
        *(rendition_storage().url(name) for name in names[1:]),
    ]


def document_urls(document: Any) -> list[str]:
    """Return URLs at which a document might be found."""
    name, base = document.file.name, document.filename
    return [
        document.url,
        f"/media/{name}",
        f"/media/documents/{base}",
        f"/files/{name}",
        f"/files/documents/{base}",
    ]
