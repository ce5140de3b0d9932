"""View of files that are not public."""

from mimetypes import guess_type
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model
from wagtail.users.models import UserProfile
from wagtail.utils import sendfile_streaming_backend
from wagtail.utils.sendfile import sendfile

from newsroom.files.models import FileUse
from newsroom.files.permissions import may_read, may_see_file, works_here
from newsroom.files.visibility import for_readers

# Types that Python's own table may lack.
TYPES = {".avif": "image/avif", ".webp": "image/webp"}
MAX_NAME_LENGTH = 255


@require_safe
def private_file(request: HttpRequest, name: str) -> HttpResponse:
    """Serve the file that has this name in the database, or 404 without permission."""
    file = _allowed_file(request, name)
    if file is None:
        raise Http404
    try:
        response = sendfile(
            request,
            file.path,
            mimetype=_type_of(name),
            backend=sendfile_streaming_backend.sendfile,
        )
    except FileNotFoundError as error:
        raise Http404 from error  # moved since the query
    response["Cache-Control"] = "private, max-age=600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _allowed_file(request: HttpRequest, name: str) -> Any:
    """Return the file of this name if the visitor may see it, or None.

    It is a rendition, a picture's original or an avatar. Renditions have random names
    that only the pages showing them reveal, so all users of the admin may see them,
    including translators without permissions for pictures.
    """
    if "\x00" in name or len(name) > MAX_NAME_LENGTH:
        return None
    model = get_image_model()
    renditions = model.get_rendition_model().objects.select_related("image")
    if rendition := renditions.filter(file=name).first():
        is_allowed = works_here(request.user) or (
            for_readers(rendition.filter_spec)
            and may_read(request, FileUse.Kind.PICTURE, rendition.image_id)
        )
        return rendition.file if is_allowed else None
    if image := model.objects.filter(file=name).first():
        return image.file if may_see_file(request.user, image) else None
    if profile := UserProfile.objects.filter(avatar=name).first():
        return profile.avatar if works_here(request.user) else None
    return None


def _type_of(name: str) -> str:
    suffix = name[name.rfind(".") :].lower()
    guessed = TYPES.get(suffix) or guess_type(name)[0] or ""
    return guessed if guessed.startswith("image/") else "application/octet-stream"
