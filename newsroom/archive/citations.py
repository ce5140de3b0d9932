"""Citations of an article: as text, and in the formats of reference managers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from newsroom.access.roles import HOME_DEPTH
from newsroom.articles.models import ArticlePage
from newsroom.articles.models.names import ArticleNames, names_of
from newsroom.localisation.languages import language
from search.index.facet_values import local_day

BIBTEX_MONTHS = tuple(
    "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
)
# Kinds that a newspaper prints as its own; others are announcements of an organisation.
NEWS_KINDS = (ArticlePage.Kind.NEWS, ArticlePage.Kind.INTERVIEW)
# BibTeX counts braces even after a backslash, so they are written as commands.
BIBTEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{letter: f"\\{letter}" for letter in "%&$#_"},
    }
)
ENDS = ".!?…"


@dataclass(frozen=True, slots=True)
class Citation:
    """The data of a citation.

    ``source`` is the outlet that first published the article, or the archive. ``kind``
    and all other texts are in ``language``.
    """

    number: int
    language: str
    title: str
    authors: tuple[str, ...]
    source: str
    kind: str
    is_news: bool
    published: date
    accessed: date
    url: str

    @property
    def key(self) -> str:
        """The citation key."""
        return f"archive-{self.number}-{self.language}"


def citation_of(
    page: ArticlePage,
    number: int,
    absolute: Callable[[str], str],
    names: ArticleNames | None = None,
) -> Citation:
    """Return the citation of article *number* in the language of *page*.

    *absolute* converts a path to an absolute URL.
    """
    language = page.locale.language_code
    names = names or names_of(page)
    with override(language):
        kind = page.get_kind_display()
        source = _line(names.outlet) or _archive_of(page)
    return Citation(
        number=number,
        language=language,
        title=_line(page.title),
        authors=tuple(_line(person) for person in names.authors),
        source=source,
        kind=_line(kind),
        is_news=page.kind in NEWS_KINDS,
        published=local_day(page.published_at),
        accessed=timezone.localdate(timezone=timezone.get_default_timezone()),
        url=absolute(reverse("permalink_version", args=[number, language])),
    )


def _archive_of(page: ArticlePage) -> str:
    """Return the name of the archive in the language of *page*."""
    home = page.get_ancestors().filter(depth=HOME_DEPTH).first()
    return _line(home) or _("News archive")


def _line(value: object) -> str:
    """Return *value* as text on one line; "" for None."""
    return "" if value is None else " ".join(str(value).split())


def plain(citation: Citation) -> str:
    """Return the citation as a sentence, in the style of its language."""
    with override(citation.language):
        title = citation.title
        if not citation.is_news:
            title = f"{title} [{citation.kind}]"
        texts = {
            "title": title,
            "source": citation.source,
            "date": date_format(citation.published, "DATE_FORMAT"),
            "url": citation.url,
            "accessed": date_format(citation.accessed, "DATE_FORMAT"),
        }
        text = pgettext(
            "citation",
            "%(title)s. %(source)s, %(date)s. %(url)s (accessed %(accessed)s)",
        )
        if title[-1:] in ENDS:
            text = text.replace("%(title)s.", "%(title)s")
        authors = _with_stop(", ".join(citation.authors))
        return f"{authors} {text % texts}".strip()


def _with_stop(text: str) -> str:
    return text if not text or text[-1] in ENDS else f"{text}."


def bibtex(citation: Citation) -> str:
    """Return the citation as an entry of a BibTeX file in UTF-8.

    News are an ``@article`` of their outlet, announcements ``@misc``. Titles and names
    are protected by braces, so that BibTeX changes neither their case nor their order.
    """
    where = "journal" if citation.is_news else "howpublished"
    day = citation.published
    fields = [
        ("author", " and ".join(f"{{{_escaped(name)}}}" for name in citation.authors)),
        ("title", f"{{{_escaped(citation.title)}}}"),
        (where, f"{{{_escaped(citation.source)}}}"),
        ("type", "" if citation.is_news else _escaped(citation.kind)),
        ("year", str(day.year)),
        ("day", str(day.day)),
        ("url", citation.url),
        ("urldate", citation.accessed.isoformat()),
        ("langid", language(citation.language).biblatex_name or citation.language),
    ]
    lines = [f"  {name} = {{{text}}}," for name, text in fields if text]
    month = f"  month = {BIBTEX_MONTHS[day.month - 1]},"
    lines.insert(next(n for n, line in enumerate(lines) if "  day" in line), month)
    kind = "article" if citation.is_news else "misc"
    return "\n".join([f"@{kind}{{{citation.key},", *lines, "}", ""])


def _escaped(text: str) -> str:
    return text.translate(BIBTEX_ESCAPES)


def ris(citation: Citation) -> str:
    """Return the citation in RIS, with the CRLF line endings that RIS requires.

    RIS has no type for press releases: ``M3``, the type of work, names the kind.
    """
    fields = [
        ("TY", "NEWS"),
        *(("AU", name) for name in citation.authors),
        ("TI", citation.title),
        ("T2", citation.source),
        ("M3", citation.kind),
        ("PY", str(citation.published.year)),
        ("DA", f"{citation.published:%Y/%m/%d}"),
        ("LA", citation.language),
        ("UR", citation.url),
        ("Y2", f"{citation.accessed:%Y/%m/%d}"),
        ("ID", citation.key),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {text}\r\n" for tag, text in fields)
