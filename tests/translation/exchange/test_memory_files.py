"""The translation memory as TMX, out and in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from newsroom.translation.exchange.files import FileError
from newsroom.translation.exchange.memory import tmx
from newsroom.translation.exchange.memory import views as memory_views
from newsroom.translation.exchange.memory.pairs import Pair
from newsroom.translation.memory import store
from newsroom.translation.models import ImportedUnit
from newsroom.translation.segments import segments_of
from newsroom.worker.models import Job
from tests.factories import make_article
from tests.translation.articles import submit, translate
from tests.translation.exchange.files import tmx as tmx_file
from tests.translation.segments import url_of
from tests.worker.working import do_jobs

KK = "Қызылорда қаласында ұлттық урбанистік форум ашылды."
RU = "В городе Кызылорда открылся национальный форум."
FOREIGN = f"""<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header datatype="plaintext" srclang="kk-KZ"/><body>
<tu><tuv xml:lang="kk-KZ"><seg>{KK}</seg></tuv>
<tuv xml:lang="ru-RU"><seg>{RU}</seg></tuv>
<tuv xml:lang="de-DE"><seg>Forum &amp; mehr</seg></tuv></tu>
</body></tmx>"""
TEXT = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc", "Cs"],
        exclude_characters="\ufffe\uffff",
    ),
    min_size=1,
)


@pytest.fixture
def editor(log_in):
    return log_in("News editors")


def send(client, data: str | bytes, name: str = "memory.tmx"):
    file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    return client.post(
        reverse("translation_desk:memory"), {"document": file}, follow=True
    )


def errors(response) -> str:
    return " ".join(response.context["form"].errors["document"])


@given(source=TEXT, target=TEXT)
def test_a_memory_file_round_trip_keeps_every_character(source, target):
    (back,) = tmx.read(tmx.write([Pair("kk", source, "ru", target)]))
    assert (back.source, back.target) == (source, target)
    assert (back.source_language, back.target_language) == ("kk", "ru")


def test_markup_survives_and_plain_text_is_escaped():
    pair = Pair("kk", "<b>Қала</b> &amp; ауыл", "en", "<b>Town</b> &amp; village")
    assert tmx.read(tmx.write([pair]))[0].source == pair.source
    pairs = tmx.read(FOREIGN.encode())
    assert {(p.source_language, p.target_language) for p in pairs} == {
        ("kk", "ru"),
        ("kk", "de"),
        ("ru", "de"),
    }
    assert pairs[1].target == "Forum &amp; mehr"


def test_an_imported_unit_is_suggested_in_both_directions(
    editor, sections, locales, committed
):
    response = send(editor, FOREIGN)
    assert ImportedUnit.objects.count() == 1
    said = [str(message) for message in response.context["messages"]]
    assert any("2" in text for text in said)  # in a language that the site has not
    with committed():
        later = submit(
            make_article(sections["ru"], title=RU.replace("открылся", "начался")),
            locales["kk"],
        )
    key = segments_of(later)[0].key
    rows = editor.get(url_of(later)).context["rows"]
    assert rows[0].suggestions[0].text == KK
    found = store.suggestions(
        segments_of(later), source=locales["ru"].pk, target=locales["kk"].pk, code="ru"
    )
    assert found[key][0].text == KK


def test_known_units_are_not_imported_twice(editor):
    send(editor, tmx.write([Pair("kk", KK, "ru", RU)]))
    send(editor, tmx.write([Pair("ru", RU, "kk", KK), Pair("kk", KK, "ru", RU)]))
    assert ImportedUnit.objects.count() == 1


def test_a_large_memory_is_made_findable_in_the_background(editor, monkeypatch):
    monkeypatch.setattr(memory_views, "AT_ONCE", 2)
    pairs = [Pair("kk", f"Сөйлем {n} туралы", "ru", f"Фраза {n}") for n in range(5)]
    send(editor, tmx.write(pairs))
    assert ImportedUnit.objects.count() == 5
    assert not store.MemoryKey.objects.exists()
    assert Job.objects.get().items.count() == 3
    do_jobs()
    assert len(store.imported_concordance("сөйлемдер")) == 5


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("</body>", "", 7),
        ('SYSTEM "tmx14.dtd"', '[<!ENTITY a "b">]', 2),
    ],
)
def test_broken_and_hostile_files_change_nothing(editor, old, new, line):
    response = send(editor, FOREIGN.replace(old, new))
    assert str(line) in errors(response)
    assert not ImportedUnit.objects.exists()


def test_a_script_is_refused_with_its_line(editor):
    bad = tmx.write(
        [Pair("kk", "Қала", "ru", "Город"), Pair("kk", "x", "ru", "<script>x</script>")]
    )
    assert "<script>" in errors(send(editor, bad))
    assert not ImportedUnit.objects.exists()


def test_the_memory_is_exported_whole_or_filtered(
    editor, sections, locales, translation, committed
):
    with committed():
        translate(translation)
    send(editor, FOREIGN)
    url = reverse("translation_desk:memory_export")
    whole = tmx.read(editor.get(url).content)
    assert len(whole) == 5
    found = tmx.read(editor.get(url, {"q": "форумдар урбанистік"}).content)
    assert [pair.source for pair in found] == [KK]


def test_the_memory_of_one_article_has_its_finished_translations(editor, translation):
    translate(translation)
    url = reverse("translation_desk:export", args=[translation.pk, "tmx"])
    pairs = tmx.read(editor.get(url).content)
    assert {(p.source, p.target) for p in pairs} == {
        (s.source, s.translation) for s in segments_of(translation)
    }


def test_an_article_does_not_take_a_memory(editor):
    url = reverse("translation_desk:import")
    file = SimpleUploadedFile("a.tmx", FOREIGN.encode())
    (looked,) = editor.post(url, {"documents": file}).context["looked"]
    assert looked.error


def test_translators_neither_export_nor_import_memories(log_in):
    client = log_in("Russian translators")
    for name in ("memory", "memory_export"):
        assert client.get(reverse(f"translation_desk:{name}")).status_code != 200
    send(client, FOREIGN)
    assert not ImportedUnit.objects.exists()


def test_signs_that_no_xml_holds_are_named():
    with pytest.raises(FileError, match="0007"):
        tmx.write([Pair("kk", "a\x07", "ru", "b")])


def read_segment(seg: str, **header) -> str:
    """Return the HTML of the Kazakh side of a unit with this ``seg``."""
    unit = f"""<tu><tuv xml:lang="kk"><seg>{seg}</seg></tuv>
<tuv xml:lang="ru"><seg>б</seg></tuv></tu>"""
    (pair,) = tmx.read(tmx_file(unit, **header).encode())
    return pair.source


@pytest.mark.parametrize(
    ("seg", "text"),
    [
        ('<bpt i="1">{\\b </bpt>Қала<ept i="1">}</ept> көркі', "Қала көркі"),
        ('Қала <ph x="1">&lt;img alt="<sub>сурет</sub>"/&gt;</ph> көркі', "Қала көркі"),
        ('<it pos="begin">{\\i </it>Қала', "Қала"),
        ("<ut>{\\cf1 </ut>Қала<ut>}</ut>", "Қала"),
        ("Қала<ph>{\\line }</ph>көркі", "Қала көркі"),
        ("Қала<ph>&lt;br/&gt;</ph>көркі", "Қала көркі"),
        ('<hi type="term">Қала</hi> көркі', "Қала көркі"),
        ('<hi><bpt i="1">b</bpt>Қала<ept i="1">/b</ept></hi>', "Қала"),
        ("&lt;f0&gt;Қала&lt;/f0&gt; көркі", "Қала көркі"),
        ("Қала &lt;x1/&gt; көркі&lt;br2/&gt;", "Қала көркі"),
        ('<bpt i="0" x="0">&lt;f0&gt;</bpt>Қала<ept i="0">&lt;/f0&gt;</ept>', "Қала"),
        ("5 &lt; 6 &amp; R&amp;D", "5 &lt; 6 &amp; R&amp;D"),
    ],
)
def test_codes_of_other_tools_are_not_words(seg, text):
    assert read_segment(seg) == text


def test_codes_that_hold_a_tag_of_ours_are_kept_in_html():
    bold = '<bpt i="1">&lt;b&gt;</bpt>Қала<ept i="1">&lt;/b&gt;</ept>'
    assert read_segment(bold, datatype="html") == "<b>Қала</b>"
    assert read_segment(bold, datatype="xml") == "Қала"
    other = '<bpt i="1">&lt;b onclick="x"&gt;</bpt>Қала<ept i="1">&lt;/q&gt;</ept>'
    assert read_segment(other, datatype="html") == "Қала"
    assert read_segment("&lt;f0&gt;Қала&lt;/f0&gt;", datatype="html") == "Қала"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1251"])
def test_a_memory_in_another_encoding_is_imported(editor, encoding):
    text = FOREIGN.replace(
        '<?xml version="1.0"?>', f'<?xml version="1.0" encoding="{encoding[:12]}"?>'
    ).replace("\n", "\r\n")
    if encoding == "windows-1251":
        text = text.replace(KK, "Кала")
    send(editor, text.replace("utf-8-sig", "utf-8").encode(encoding))
    assert ImportedUnit.objects.get().target == RU


def test_a_unit_in_many_languages_does_not_make_the_square_of_them():
    variant = "<tuv xml:lang='{}'><seg>a</seg></tuv>"
    codes = [f"{first}{second}" for first in "abcde" for second in "abcde"]
    unit = f"<tu>{''.join(map(variant.format, codes))}</tu>"
    with pytest.raises(FileError, match="more than 20 languages"):
        tmx.read(tmx_file(unit).encode())
