"""Russian: the Snowball stemmer, indeclinable nouns, and endings after numbers."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from .snowball import SnowballLanguage

_ENDING = re.compile("ый|ой|ий|й|ая|яя|я|ое|ее|е|ого|го|ому|му|ым|им|м|ых|их|х|ю|ми|ти")
_LISTED = """
    в во на с со к ко у о об обо от ото до за из изо по под подо над надо при про для
    без безо через перед передо между среди около после кроме вместо против ради из-за
    из-под и а но да или либо ни не же ли бы то что чтобы если когда как так также
    тоже потому поэтому хотя ведь вот кто кого кому кем ком чего чему чем чём где куда
    откуда почему зачем какой какая какое какие какого какому каким какую каких какими
    каком какою который которая которое которые которого которому которым которую
    которых которыми котором чей чья чьё чье чьи сколько скольких насколько такой
    такая такое такие это этот эта эти
"""
_FUNCTION_WORDS = frozenset(_LISTED.split())

_INDECLINABLE_NOUNS = """
    авто алиби алоэ амплуа ателье барокко безе бистро бра бренди бюро вето видео виски
    галифе гестапо граффити гуру демо депо домино досье драже евро желе жюри зеро
    зомби импресарио инкогнито интервью казино какаду какао каноэ каре кафе кашне
    кашпо кенгуру киви кило кимоно кино клише колибри коммюнике контральто кофе купе
    кюре лассо леди либидо либретто лото манго марабу мачо меню метро мини монпансье
    мулине мумиё нетто ноу-хау пальто панно пари паспарту пенальти пенсне пианино
    плиссе пони попурри портмоне портье пресс-папье протеже пюре рагу радио ралли
    рандеву ранчо регби резюме реле рококо рондо сабо сальдо сальто салями сари сафари
    соло сольдо сомбреро сопрано спагетти статус-кво стерео суши табло табу такси
    танго тату тире тореро трико трио турне ушу факсимиле фиаско фойе фортепиано фото
    фрикасе хобби хокку цунами шале шасси шимпанзе шоссе шоу эмбарго эскимо эссе
"""
_INDECLINABLE = frozenset(_INDECLINABLE_NOUNS.split())


class Russian(SnowballLanguage):
    """Russian; `5-го` is a number with an ending, `10-летие` is a compound."""

    signs: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"%": "процент", "№": "номер", "₸": "тенге", "₽": "рубль", "$": "доллар"}
    )

    function_words: ClassVar[frozenset[str]] = _FUNCTION_WORDS

    def stems(self, exact: str) -> tuple[str, ...]:
        """Return the stem, which is the noun itself if it has only one form: метро."""
        return (exact,) if exact in _INDECLINABLE else super().stems(exact)

    def is_ending(self, head: str, tail: str) -> bool:
        """Return whether `tail` is an ending after digits.

        The hyphens of `кто-то` and `из-за` do not follow digits.
        """
        return head[-1:].isdigit() and _ENDING.fullmatch(tail) is not None


def language(code: str, script: str | None = None) -> Russian:
    """Return the language object for the registry."""
    return Russian(code, script)
