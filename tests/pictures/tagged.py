"""Pictures with every kind of metadata, among them the place."""

from io import BytesIO
from struct import pack
from typing import Any

from PIL import ExifTags, Image, PngImagePlugin

SECRET = "SECRET-44.85N"
XMP = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:exif="http://ns.adobe.com/exif/1.0/"
  xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">
<rdf:Description photoshop:Credit="ҚазАқпарат" exif:GPSLatitude="{SECRET}">
<dc:description><rdf:Alt>
<rdf:li xml:lang="x-default">Көпірдің ашылуы</rdf:li></rdf:Alt></dc:description>
<photoshop:Headline>Сырдариядағы көпір</photoshop:Headline>
</rdf:Description></rdf:RDF></x:xmpmeta>""".encode()


def iptc(**records: str) -> bytes:
    """Return a JPEG segment APP13 with IPTC records by number, such as ``n120``."""
    data = b"".join(
        pack(">BBBH", 0x1C, 2, int(name[1:]), len(text.encode())) + text.encode()
        for name, text in records.items()
    )
    block = b"8BIM\x04\x04\0\0" + pack(">I", len(data)) + data + b"\0" * (len(data) % 2)
    body = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + pack(">H", len(body) + 2) + body


def exif(**tags: Any) -> Image.Exif:
    made = Image.Exif()
    made[ExifTags.Base.Make] = SECRET
    for name, value in tags.items():
        made[ExifTags.Base[name]] = value
    made.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (44.0, 51.0, 0.0)
    made.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = SECRET
    return made


def drawing(size: tuple[int, int] = (600, 400)) -> Image.Image:
    """Return a picture that is red on the left and blue on the right."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    return picture


def tagged(kind: str, size: tuple[int, int] = (600, 400), **tags: Any) -> bytes:
    """Return a picture of a Pillow format that carries :data:`SECRET`.

    It does so in every way that the format knows.
    """
    buffer = BytesIO()
    options: dict[str, Any] = {"exif": exif(**tags), "xmp": XMP}
    if kind == "JPEG":
        options["comment"] = SECRET.encode()
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", SECRET)
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        text.add_text("Software", SECRET, zip=True)
        options["pnginfo"] = text
    if kind == "GIF":
        options = {"comment": SECRET.encode()}
    drawing(size).save(buffer, kind, **options)
    data = buffer.getvalue()
    if kind == "JPEG":
        data = data[:2] + iptc(n120=SECRET) + data[2:] + b"film:" + SECRET.encode()
    return data
