"""The grammar analyses the forms that it generates."""

import random
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.languages.kazakh import analyses, inflect, stems
from search.languages.kazakh.morphology.analysis import FINAL, RULES, readings
from search.languages.kazakh.morphology.disambiguation import ranked
from search.languages.kazakh.morphology.generation import chains, dictionary_form
from search.languages.kazakh.morphology.lexicon import known, weight
from search.languages.kazakh.morphology.rules import Rule

SEED = 21
STEMS_OF_EACH_KIND, SHORT_STEMS = 25, 10
WELL_ATTESTED = 70
"""The weight of a stem with a few forms in the news."""

FAILING_AT_MOST = {"noun": 0.10, "verb": 0.12}
"""The share of inflected forms whose stem is not among `stems`; see docs/kazakh.md."""
FAILING_AT_MOST_EVERY_DAY = {"noun": 0.05, "verb": 0.05}
"""The same without `RARE` endings."""
RARE = frozenset(
    {"pertaining", "equative", "comparative", "similative", "reciprocal", "aorist"}
    | {"I am", "thou art", "you are", "we are", "ye are", "you all are"}
)
"""Endings that are rare in news, or that make what looks like another word."""


def listed(part_of_speech: str) -> list[str]:
    """Return stems of the lexicon's news part that are surely of one part of speech."""
    other = "verb" if part_of_speech == "noun" else "noun"
    path = files("search.languages.kazakh").joinpath("data", "support.tsv")
    body = path.read_text(encoding="utf-8")
    found = [line.split("\t")[0] for line in body.partition("\n\n")[2].splitlines()]
    return [
        stem
        for stem in found
        if weight(stem, part_of_speech) >= WELL_ATTESTED
        and weight(stem, other) == 0
        and stems(dictionary_form(stem, part_of_speech))[0]
        == dictionary_form(stem, part_of_speech)
    ]


def names(chain: tuple[Rule, ...]) -> tuple[str, ...]:
    return tuple(rule.name for rule in chain)


def failing(part_of_speech: str, without: frozenset[str], count: int) -> float:
    """Return the share of all inflected forms of a sample whose stem is not found."""
    rng = random.Random(SEED)
    sample = rng.sample(listed(part_of_speech), count)
    everything = [
        names(chain)
        for chain in chains(part_of_speech, longest=3, final=FINAL)
        if without.isdisjoint(names(chain))
    ]
    missed = 0
    for stem in sample:
        wanted = dictionary_form(stem, part_of_speech)
        for chain in everything:
            form = inflect(stem, *chain, part_of_speech=part_of_speech)
            missed += wanted not in stems(form)
    return missed / (len(sample) * len(everything))


@pytest.mark.long(count=([SHORT_STEMS], [STEMS_OF_EACH_KIND]))
@pytest.mark.parametrize("part_of_speech", ["noun", "verb"])
def test_the_stem_of_inflected_forms_is_found(part_of_speech: str, count: int) -> None:
    share = failing(part_of_speech, frozenset(), count)
    assert share <= FAILING_AT_MOST[part_of_speech]


@pytest.mark.long(count=([SHORT_STEMS], [STEMS_OF_EACH_KIND]))
@pytest.mark.parametrize("part_of_speech", ["noun", "verb"])
def test_the_stem_of_everyday_forms_is_found(part_of_speech: str, count: int) -> None:
    share = failing(part_of_speech, RARE, count)
    assert share <= FAILING_AT_MOST_EVERY_DAY[part_of_speech]


@pytest.mark.parametrize("part_of_speech", ["noun", "verb"])
def test_the_grammar_analyses_every_form_that_it_generates(part_of_speech: str) -> None:
    rng = random.Random(SEED)
    everything = list(chains(part_of_speech, longest=5, final=FINAL))
    for stem in rng.sample(listed(part_of_speech), 20):
        for chain in rng.sample(everything, 40):
            form = inflect(stem, *names(chain), part_of_speech=part_of_speech)
            assert any(
                reading.stem == stem and names(reading.chain) == names(chain)
                for reading in readings(form)
            ), (stem, names(chain), form)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.source}-{rule.name}")
def test_every_rule_has_an_example_with_a_hyphen(rule: Rule) -> None:
    assert "-" in rule.example
    assert rule.template


@pytest.mark.parametrize(
    ("stem", "part_of_speech", "endings", "form"),
    [
        ("мектеп", "noun", "plural,our,locative,attributive", "мектептеріміздегі"),
        ("кітап", "noun", "his", "кітабы"),
        ("қала", "noun", "his,ablative", "қаласынан"),
        ("автомобиль", "noun", "plural,dative", "автомобильдерге"),
        ("су", "noun", "dative", "суға"),
        ("министр", "noun", "his,genitive", "министрінің"),
        ("бол", "verb", "negative,present,he", "болмайды"),
        ("болу", "verb", "perfect", "болған"),
        ("оқы", "verb", "habitual,plural", "оқитындар"),
        ("қой", "verb", "present,he", "қояды"),
        ("тап", "verb", "converb", "тауып"),
        ("жаз", "verb", "passive,perfect,fact,ablative", "жазылғандықтан"),
    ],
)
def test_inflection(stem: str, part_of_speech: str, endings: str, form: str) -> None:
    assert inflect(stem, *endings.split(","), part_of_speech=part_of_speech) == form


def test_inflection_with_a_lost_vowel() -> None:
    assert inflect("халық", "his", "genitive", short=True) == "халқының"
    assert inflect("халық", "genitive", short=True) == "халықтың"


def test_an_unknown_ending_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no ending 'past' after 'noun'.*plural"):
        inflect("қала", "past")


def test_readings_are_ranked_and_explained() -> None:
    best, *others = analyses("қалалардан")
    assert best.stem == "қала"
    assert best.part_of_speech == "noun"
    assert best.chain == ("plural", "ablative")
    assert all(best.cost <= other.cost for other in others)


@pytest.mark.parametrize(
    ("word", "stem", "part_of_speech"),
    [
        ("маған", "мен", "noun"),
        ("БҰҰ-ның", "бұұ", "noun"),
        ("боп", "бол", "verb"),
        ("Qyzylordada", "қызылорда", "noun"),
        ("екенін", "е", "verb"),
    ],
)
def test_words_that_no_rule_reads_are_analysed_too(
    word: str, stem: str, part_of_speech: str
) -> None:
    best = analyses(word)[0]
    assert (best.stem, best.part_of_speech) == (stem, part_of_speech)


def test_the_lexicon_knows_verbs_by_either_form() -> None:
    assert known("бол")
    assert known("болу")
    assert known("қою")
    assert not known("қвзхъ")


@given(st.text(max_size=30))
def test_any_text_has_a_stem(text: str) -> None:
    found = stems(text)
    assert 1 <= len(found) <= 2
    assert all(isinstance(stem, str) for stem in found)


@given(st.text(alphabet="аәбгғдеёжзийкқлмнңоөпрстуұүфхһцчшыіьюя-", max_size=14))
def test_any_cyrillic_letters_have_a_stem(text: str) -> None:
    assert 1 <= len(stems(text)) <= 2


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        # An unknown stem is a noun rather than a verb …
        ("характеристика", "характеристика"),
        ("религия", "религия"),
        ("моховое", "моховое"),
        # … and each of its letters costs: a stem with endings is likelier.
        ("торға", "тор"),
        ("солдаттар", "солдат"),
        ("жұмыскеріне", "жұмыскер"),
        # An ending whose vowel disagrees with the stem's costs.
        ("копенгаген", "копенгаген"),
        # A derivation that no list has costs beside its ending.
        ("жалғызбасты", "жалғызбас"),
        # An origin with many forms makes its derivations no likelier than ten do.
        ("саласыз", "сал"),
        # An ending that was never seen in its place costs.
        ("алыңыз", "ал"),
        ("қоясың", "қой"),
        # A listed irregular form comes before a regular reading.
        ("жатыр", "жат"),
        ("екендігін", "е"),
        # Endings of time and of numbers need a word of time or a number.
        ("елордадағы", "елорда"),
        ("жердегі", "жер"),
        ("айғағы", "айғақ"),
    ],
)
def test_each_cost_of_a_reading_decides_between_stems(word: str, stem: str) -> None:
    assert ranked(word)[0].stem == stem


def test_an_unknown_word_is_a_noun() -> None:
    for word in ("характеристика", "жакупов", "дүйсенбаев"):
        assert ranked(word)[0].part_of_speech == "noun"
