"""Links from one page of the archive to others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from search.facets.built_in import language_name
from search.site_languages import site_languages


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A link with the number of articles at its target (None: unknown).

    ``language`` is that of the text, empty for a text of the interface. ``share`` is
    the count as a percentage of the highest count in the list. ``code`` is the language
    of the target, if it is another one.
    """

    text: str
    url: str
    count: int | None = None
    share: int = 0
    code: str = ""
    language: str = ""


def counted(links: list[NavigationLink]) -> list[NavigationLink]:
    """Return *links* with their shares."""
    most = max((link.count or 0 for link in links), default=0) or 1
    return [
        replace(link, share=max(1, round(100 * link.count / most)) if link.count else 0)
        for link in links
    ]


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages in which a page of the archive has articles.

    ``addresses`` are the URLs of the page by language; ``elsewhere`` links to the
    languages other than the current one.
    """

    addresses: Mapping[str, str]
    elsewhere: list[NavigationLink]


def languages(
    counts: Mapping[str, int], current: str, address: Callable[[str], str]
) -> Languages:
    """Return the languages with articles, from *counts* by language code.

    *address* returns the URL of the page in a language.
    """
    codes = [code for code in site_languages() if counts.get(code)]
    addresses = {code: address(code) for code in codes}
    return Languages(
        addresses,
        [
            NavigationLink(
                language_name(code), addresses[code], counts[code], code=code
            )
            for code in codes
            if code != current
        ],
    )
