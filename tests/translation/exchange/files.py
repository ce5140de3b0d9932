"""Files as translators' tools write them."""

from newsroom.translation.exchange.files import Document, Unit

ARTICLE = "2b2a4221-789b-4982-877d-11bc664086ca"


def document(*units: Unit) -> Document:
    return Document(ARTICLE, "kk", "ru", units)


def xliff_1(*units: str, source="kk", target="ru", version="1.2", files="") -> bytes:
    """Return an XLIFF 1.2 file of these ``trans-unit`` elements."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:{version}" version="{version}">
<file original="{ARTICLE}" source-language="{source}" target-language="{target}"
 datatype="html"><body>
{"".join(units)}
</body></file>{files}</xliff>""".encode()


def xliff_2(*units: str, source="kk", target="ru") -> bytes:
    """Return an XLIFF 2.0 file of these ``unit`` elements."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"
 srcLang="{source}" trgLang="{target}"><file id="f1" original="{ARTICLE}">
{"".join(units)}
</file></xliff>""".encode()


def tmx(*units: str, datatype="plaintext", tool="Other") -> str:
    """Return a TMX file of these ``tu`` elements."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="{tool}" creationtoolversion="5"
 segtype="sentence" o-tmf="x" adminlang="en" srclang="kk-KZ" datatype="{datatype}"/>
<body>
{"".join(units)}
</body></tmx>"""
