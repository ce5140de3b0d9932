"""The versions and corrections of an article that readers see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from newsroom.articles.models import ArticlePage
from newsroom.articles.page_rows import loaded
from newsroom.corrections.models import (
    Correction,
    CorrectionQuerySet,
    PublishedVersion,
)
from newsroom.web.row_batches import Part


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """A published version in a list.

    ``changes_url`` is the comparison of the previous readable version with this one,
    ``earlier_url`` the URL of that version; both are empty if there is none.
    """

    number: int
    published_at: datetime
    is_current: bool
    is_withdrawn: bool
    url: str
    earlier_url: str = ""
    changes_url: str = ""
    corrections: list[Correction] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """A correction with links to the corrected version, if readers may see that."""

    correction: Correction
    earlier_url: str
    changes_url: str


def versions_url(article: ArticlePage) -> str:
    """Return the URL of the list of versions of *article*."""
    return f"{article.url}versions/"


def version_url(article: ArticlePage, number: int) -> str:
    """Return the URL of a version of *article*, by its number."""
    return f"{versions_url(article)}{number}/"


def changes_url(article: ArticlePage, number: int) -> str:
    """Return the URL of the changes from a version to the next one."""
    return f"{version_url(article, number)}changes/"


def known_versions(article: ArticlePage) -> list[PublishedVersion]:
    """Return the versions listed for readers, oldest first, without their content.

    A withdrawn version is listed with its number; one that was never public is not
    listed.
    """
    found = loaded(article, "published_versions")
    versions = list(article.published_versions.light()) if found is None else found
    versions.sort(key=lambda version: version.number)
    if versions:
        versions[-1].is_current = True
    return [v for v in versions if v.is_current or v.was_public]


def listed(article: ArticlePage) -> list[ListedVersion]:
    """Return the versions listed for readers, newest first; two queries."""
    known = known_versions(article)
    corrections: dict[int | None, list[Correction]] = {}
    for correction in article.corrections.shown():
        corrections.setdefault(correction.version_id, []).append(correction)
    shown: list[ListedVersion] = []
    earlier: PublishedVersion | None = None
    for version in known:
        shown.append(
            ListedVersion(
                number=version.number,
                published_at=version.published_at,
                is_current=version.is_current,
                is_withdrawn=not version.is_readable,
                url=version_url(article, version.number),
                corrections=corrections.get(version.pk, []),
                **_links(article, earlier if version.is_readable else None),
            )
        )
        earlier = version if version.is_readable else earlier
    return shown[::-1]


def shown_corrections(
    article: ArticlePage, last: int | None = None
) -> list[ShownCorrection]:
    """Return the corrections of *article*, newest first, with their links.

    With *last*, return only those up to the version with that number. One query if
    there are none, else two.
    """
    if article.page_rows is not None and last is None:
        corrections = _loaded_corrections(article)
    else:
        found = article.corrections.shown().select_related("version")
        if last is not None:
            found = found.filter(version__number__lte=last)
        corrections = list(found.defer("version__content"))
    known = known_versions(article) if corrections else []
    return [
        ShownCorrection(
            correction, **_links(article, _before(known, correction.version))
        )
        for correction in corrections
    ]


def has_several_versions(article: ArticlePage) -> bool:
    """Return whether readers saw more than one version; a query if none are loaded."""
    versions = loaded(article, "published_versions")
    if versions is None:
        return article.published_versions.filter(was_public=True)[:2].count() > 1
    return sum(version.was_public for version in versions) > 1


def parts_of_corrections(article: ArticlePage) -> Iterator[Part]:
    """Yield the parts of an article's page: versions without content, corrections."""
    every = (
        field.name
        for field in PublishedVersion._meta.concrete_fields
        if field.name != "content"
    )
    of_article = ("article_id = %s", (article.pk,))
    yield Part("published_versions", PublishedVersion, *of_article, tuple(every))
    yield Part("corrections", Correction, *of_article)


def _loaded_corrections(article: ArticlePage) -> list[Correction]:
    """Return the loaded corrections that readers see, newest first."""
    versions = {one.pk: one for one in loaded(article, "published_versions") or []}
    shown = [
        correction
        for correction in loaded(article, "corrections") or []
        if correction.version_id in versions
    ]
    for correction in shown:
        correction.version = versions[correction.version_id]
    return sorted(shown, key=lambda one: (one.date, one.pk), reverse=True)


def elsewhere(article: ArticlePage) -> CorrectionQuerySet:
    """Return the corrections of other language versions of *article*, newest first.

    Corrections that readers do not see yet are included.
    """
    others = Correction.objects.filter(article__translation_key=article.translation_key)
    others = others.exclude(article=article).select_related("article__locale")
    return others.order_by("-date", "-pk")


def following(
    known: Sequence[PublishedVersion], number: int
) -> PublishedVersion | None:
    """Return the next readable version after the one with this number, or None."""
    readable = (v for v in known if v.number > number and v.is_readable)
    return next(readable, None)


def _before(
    known: Sequence[PublishedVersion], version: PublishedVersion | None
) -> PublishedVersion | None:
    if version is None or not version.is_readable:
        return None
    readable = [v for v in known if v.number < version.number and v.is_readable]
    return readable[-1] if readable else None


def _links(article: ArticlePage, earlier: PublishedVersion | None) -> dict[str, str]:
    if earlier is None:
        return {"earlier_url": "", "changes_url": ""}
    return {
        "earlier_url": version_url(article, earlier.number),
        "changes_url": changes_url(article, earlier.number),
    }
