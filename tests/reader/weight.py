"""Files that a browser fetches for a page, and their compressed size in bytes."""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client

STATIC = "/static/"
BROWSER = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}
# Everything in HTML by which a browser fetches more without being asked.
LOADING = (
    "link[rel~=stylesheet], link[rel~=icon], link[rel~=preload], link[rel~=manifest],"
    "link[rel~=modulepreload], script[src], iframe[src], embed[src], object[data],"
    "audio[src], video[src], video[poster], track[src], input[src], image[href]"
)
FONT = ".woff2"


@dataclass(frozen=True)
class Weight:
    """Bytes of a page as transferred.

    ``files`` are the URLs of styles, scripts and icons with their bytes; pictures and
    fonts are counted separately.
    """

    html: int
    files: dict[str, int]

    @property
    def first(self) -> int:
        return self.html + sum(self.files.values())

    def next_after(self, other: "Weight") -> int:
        """Return the weight for a browser that has cached the files of *other*."""
        fresh = [n for path, n in self.files.items() if path not in other.files]
        return self.html + sum(fresh)


def weigh(client: Client, path: str) -> Weight:
    """Return the bytes of the page at *path* and of its files, packed by gzip.

    Nearly every browser gets brotli instead, which is smaller.
    """
    response = client.get(path, **BROWSER)
    assert (response.status_code, response["Content-Encoding"]) == (200, "gzip")
    page = gzip.decompress(response.content)
    return Weight(len(response.content), {url: packed(url) for url in fetched(page)})


def fetched(page: bytes) -> list[str]:
    """Return the URLs that a browser fetches for a page, without fonts and pictures."""
    found = [
        tag.get("href") or tag.get("src") or tag.get("data") or tag.get("poster")
        for tag in BeautifulSoup(page, "html.parser").select(LOADING)
    ]
    return list(dict.fromkeys(url for url in found if not url.endswith(FONT)))


@cache
def packed(url: str) -> int:
    assert url.startswith(STATIC), f"{url} is no file of the site's own"
    return len(gzip.compress(file_of(url).read_bytes(), 9))


def file_of(url: str) -> Path:
    found = finders.find(url.removeprefix(STATIC))
    assert isinstance(found, str), f"{url} is not there"
    return Path(found)


def named_in(stylesheet: Path) -> list[str]:
    """Return the URLs that a stylesheet makes a browser fetch."""
    text = re.sub(r"/\*.*?\*/", "", stylesheet.read_text(encoding="utf-8"), flags=re.S)
    return re.findall(r'(?:url\(|@import\s+)["\']?([^"\')\s;]+)', text)
