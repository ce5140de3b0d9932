"""Files of earlier versions, public as long as readers may open the version."""

from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from newsroom.articles.models import ArticlePage
from newsroom.corrections.models import PublishedVersion
from newsroom.files.models import FileUse
from newsroom.files.uses import FileKey, record
from newsroom.web.primary_keys import pks_in


def record_files(version: PublishedVersion) -> None:
    """Record the files that *version* refers to; none if readers may not open it.

    The current version needs no record, because the page has its own.
    """
    is_open = version.was_public and version.withdrawn_at is None
    record(
        version.article_id,
        source=f"version:{version.number}",
        files=files_in(version.content) if is_open else (),
    )


def files_in(content: dict[str, Any]) -> set[FileKey]:
    """Return the files that the content of a version refers to."""
    kinds = {
        get_image_model(): FileUse.Kind.PICTURE,
        get_document_model(): FileUse.Kind.DOCUMENT,
    }
    found = set()
    for field in ArticlePage._meta.local_fields:
        value = content.get(field.name)
        if value is None:
            continue
        if field.many_to_one and field.related_model in kinds:
            found.add(FileKey(kinds[field.related_model], int(value)))
        elif hasattr(field, "extract_references"):
            references = field.extract_references(field.to_python(value))
            found |= {
                FileKey(kinds[model], key)
                for model, pk, *_path in references
                if model in kinds
                for key in pks_in([str(pk)])
            }
    return found
