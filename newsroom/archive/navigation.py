"""What leads from one page of the archive to others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings

from search.facets.built_in import language_name


@dataclass(frozen=True, slots=True)
class Link:
    """A link, and how many articles there are where it leads (None: not said).

    ``share`` is that of the most frequent among its neighbours, in per cent; ``code``
    the language that is led to, if it is another.
    """

    text: str
    url: str
    count: int | None = None
    share: int = 0
    code: str = ""


def counted(links: list[Link]) -> list[Link]:
    """*links* with their shares."""
    most = max((link.count or 0 for link in links), default=0) or 1
    return [
        Link(
            link.text,
            link.url,
            link.count,
            max(1, round(100 * link.count / most)) if link.count else 0,
        )
        for link in links
    ]


@dataclass(frozen=True, slots=True)
class Languages:
    """In which languages a page of the archive has articles.

    ``addresses`` is where it is in each of them, ``elsewhere`` leads to those that are
    not being read.
    """

    addresses: Mapping[str, str]
    elsewhere: list[Link]


def languages(
    counts: Mapping[str, int], current: str, address: Callable[[str], str]
) -> Languages:
    """The languages of which *counts* says how many articles there are; *address*
    gives that of the page in each."""
    codes = [code for code, _name in settings.LANGUAGES if counts.get(code)]
    addresses = {code: address(code) for code in codes}
    return Languages(
        addresses,
        [
            Link(language_name(code), addresses[code], counts[code], code=code)
            for code in codes
            if code != current
        ],
    )
