"""The language tags of files, and the site's languages that they name."""

import pytest

from newsroom.translation.exchange import gettext_po, xliff
from newsroom.translation.exchange.languages import language_of
from newsroom.translation.exchange.memory import tmx
from newsroom.translation.exchange.terms import tbx
from tests.translation.exchange import files

SPELLINGS = {
    "ru": """ru RU ru-RU ru_RU ru-ru RU_ru rus RUS rus-RU ru-Cyrl ru-Cyrl-RU ru-KZ
        ru_RU.UTF-8 ru-RU-x-a ru-RU-u-ca-gregory ru-419 ru-RU-luna1918""",
    "kk": """kk KK kk-KZ kk_KZ kk-Cyrl kk-Cyrl-KZ kk_Cyrl_KZ kaz KAZ kaz-KZ kk-RU
        kk_KZ@cyrillic""",
    "en": """en EN en-GB en_US en-Latn-GB eng eng-US en-GB-oxendict en_US.utf8
        en-US-posix""",
}
OTHERS = {
    "kk-Latn": "kk-latn",
    "kk-Latn-KZ": "kk-latn",
    "kk_KZ@latin": "kk-latn",
    "kk-Arab": "kk-arab",
    "kk-CN": "kk-arab",  # Kazakh is written in Arabic letters there
    "kk-Arab-CN": "kk-arab",
    "ru-Latn": "ru-latn",
    "de-DE": "de",
    "ger": "de",
    "ky": "ky",
    "ukr": "uk",
    "": "",
    "Russian": "russian",
    "*all*": "*all*",
    "x-kk": "x-kk",
    "kk;DROP": "kk;drop",
    "r": "r",
}


@pytest.mark.parametrize(
    ("tag", "code"),
    [(tag, code) for code, tags in SPELLINGS.items() for tag in tags.split()],
)
def test_every_spelling_of_a_language_is_the_language(tag, code):
    assert language_of(tag) == code
    assert language_of(f" {tag} ") == code


@pytest.mark.parametrize(("tag", "code"), OTHERS.items())
def test_tags_of_other_languages_and_scripts_are_distinguished(tag, code):
    assert language_of(tag) == code


def test_the_longest_of_the_sites_languages_matches(settings):
    codes = ("pt", "pt-BR", "zh-hans", "kk-latn")
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [(c, "") for c in codes]
    assert language_of("pt_br") == "pt-BR"
    assert language_of("pt-AO") == "pt"
    assert language_of("zh-Hans-CN") == "zh-hans"
    assert language_of("kk-Latn-KZ") == "kk-latn"


UNIT = "<tuv xml:lang='kk_KZ'><seg>a</seg></tuv><tuv xml:lang='RUS'><seg>b</seg></tuv>"
TERMS = """<martif type="TBX"><text><body><termEntry>
<langSet xml:lang="kk-Cyrl-KZ"><tig><term>a</term></tig></langSet>
<langSet xml:lang="ru_RU"><tig><term>b</term></tig></langSet>
</termEntry></body></text></martif>"""


def test_every_format_reads_language_tags_in_the_same_way():
    tags = {"source": "kk-Cyrl-KZ", "target": "ru_RU"}
    header = '"Language: ru_RU\\n"\n"X-Source-Language: kk-Cyrl-KZ\\n"\n'
    po = f'msgid ""\nmsgstr ""\n{header}'
    found = [
        xliff.read(files.xliff_1(**tags)),
        xliff.read(files.xliff_2(**tags)),
        gettext_po.read(po.encode()),
    ]
    assert {(one.source_language, one.target_language) for one in found} == {
        ("kk", "ru")
    }
    (pair,) = tmx.read(files.tmx(f"<tu>{UNIT}</tu>").encode())
    assert (pair.source_language, pair.target_language) == ("kk", "ru")
    (entry,) = tbx.read(TERMS.encode())
    assert [term.language for term in entry.terms] == ["kk", "ru"]
