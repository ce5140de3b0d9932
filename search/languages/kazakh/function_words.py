"""Function and question words of Kazakh, in the grouping of school grammars."""

_FORMS = """
    және мен бен пен менен әрі да де та те я яки немесе не болмаса ал бірақ алайда
    дегенмен сонда сондықтан өйткені себебі егер егерде яғни
    үшін туралы жайлы жөнінде жайында бойынша арқылы сияқты секілді тәрізді сайын шейін
    дейін кейін соң бұрын гөрі қарай қарсы
    ма ме ба бе па пе ғой қой ғана қана ше
    деп деген дегенді дегеннің дегенге дегеніміз дегені дегенін дегенде
    бұл осы сол ол мұндай осындай сондай ондай мынадай
    емес екен екенін
"""
# Conjunctions; postpositions; particles; forms of де- that join clauses;
# demonstratives; copulas.
FORMS = frozenset(_FORMS.split())
"""Function words, in the exact form that is meant: «ал», not алу."""

_STEMS = """
    кім не қай қандай қайсы қайда қайдан қашан қалай қанша неше нешеу нешінші неге
    неліктен нелер қаншама қайсыбір
"""
QUESTION_STEMS = frozenset(_STEMS.split())
"""Stems of question words, which take all endings: кімнің, нешінші, қайсысы."""

_OTHER_FORMS = """
    қай қайы қайтіп несі неде неден немен нені ненің
"""
QUESTION_FORMS = frozenset(_OTHER_FORMS.split())
"""Forms of question words that are read as other words."""
