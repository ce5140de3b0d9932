"""TMX 1.4, the exchange format of translation memories, by translate-toolkit.

Like XLIFF it needs what requirements-exchange.txt installs: whoever imports this module
must be ready for ImportError.
"""

from collections.abc import Iterable
from html import escape
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from translate.storage.tmx import tmxfile

from newsroom.translation.exchange.files import FileError
from newsroom.translation.exchange.memory.pairs import Pair
from newsroom.translation.exchange.xml import refuse_hostile, refuse_unwritable

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# The header's word for texts that are HTML, as segments are.
_HTML = "html"


def write(pairs: Iterable[Pair]) -> bytes:
    """Return *pairs* as TMX. Raises FileError for text that no XML can hold."""
    store = tmxfile()
    header = next(store.document.getroot().iter("header"))
    header.set("datatype", _HTML)
    header.set("srclang", "*all*")
    header.set("segtype", "block")
    for pair in pairs:
        refuse_unwritable(pair.source, pair.target)
        store.addtranslation(
            pair.source, pair.source_language, pair.target, pair.target_language
        )
    return bytes(store)


def read(data: bytes) -> list[Pair]:
    """Return every pair of languages of every unit. Raises FileError, with the line,
    for what is broken or hostile.

    Text of files that do not call it HTML is escaped; codes of regions are left out,
    so that kk-KZ is kk.
    """
    refuse_hostile(data, may_name_dtd=True)
    try:
        store = tmxfile.parsestring(data)
        root = store.document.getroot()
        header = next(root.iter("header"))
    except Exception as error:
        raise FileError(_("This is no TMX file.")) from error
    is_html = header.get("datatype", "").lower() == _HTML
    pairs = []
    for unit in store.units:
        sides = [_side(node, is_html=is_html) for node in unit.getlanguageNodes()]
        line = unit.xmlelement.sourceline or 0
        for (here, source), (there, target) in combinations(sides, 2):
            if here and there and here != there and source and target:
                pairs.append(Pair(here, source, there, target, line))
    return pairs


def _side(node: Any, *, is_html: bool) -> tuple[str, str]:
    language = node.get(_LANGUAGE) or node.get("lang") or ""
    segment = node.find("seg")
    text = "" if segment is None else "".join(segment.itertext())
    code = language.replace("_", "-").partition("-")[0].lower()
    return code, text if is_html else escape(text, quote=False)
