"""Agreed terms in the segments that have them."""

import pytest

from newsroom.translation.models import Term
from newsroom.translation.termbase.terms import Termbase
from tests.translation.factories import make_concept


@pytest.fixture
def term(db):
    return make_concept({"kk": "тұрақты даму", "ru": "устойчивое развитие"})


@pytest.mark.parametrize(
    ("source", "translated", "is_missing"),
    [
        ("Тұрақты дамудың жолы", "Путь устойчивого развития", False),
        ("Тұрақты дамуға жол", "Путь к стабильному развитию", True),
        ("Тұрақты-даму туралы", "", False),
    ],
)
def test_agreed_terms_are_found_in_any_form(term, source, translated, is_missing):
    (hint,) = Termbase("kk", "ru").hints(source, translated)
    assert hint.agreed == ("устойчивое развитие",)
    assert hint.is_missing == is_missing


def test_a_used_deprecated_term_is_reported(term):
    locale = term.terms.get(text="устойчивое развитие").locale
    Term.objects.create(
        concept=term,
        locale=locale,
        text="стабильное развитие",
        status=Term.Status.DEPRECATED,
    )
    (hint,) = Termbase("kk", "ru").hints("Тұрақты даму", "Стабильного развития")
    assert hint.used_deprecated == ("стабильное развитие",)


def test_a_term_that_does_not_occur_gives_no_hint(term):
    assert Termbase("kk", "ru").hints("Тұрақты баға және даму", "Цена") == []
