"""Checks of numbers and days in a translation."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from newsroom.localisation import languages
from newsroom.translation.checks.dates import take_days
from newsroom.translation.checks.findings import Finding

# No-break, narrow and thin spaces also separate thousands.
_SPACES = "    "
_NUMBER = re.compile(rf"\d+(?:[{_SPACES}.,]\d+)*")
# Small numbers may be written as words, differently in each language.
SPELLED_OUT_UP_TO = 12


def check_numbers(
    source: str, translation: str, source_language: str, target_language: str
) -> Iterator[Finding]:
    """Yield warnings for days and numbers that differ between two texts.

    Small integers may be missing or added, as they are often spelled out.
    """
    days, source = take_days(source, source_language)
    their_days, translation = take_days(translation, target_language)
    for day, month in (days - their_days).elements():
        yield Finding(
            "date-lost",
            _("The day %(day)s is missing or different.")
            % {"day": f"{day:02}.{month:02}"},
        )
    wanted = numbers(source, source_language)
    found = numbers(translation, target_language)
    for value in (wanted - found).elements():
        if not _may_be_spelled_out(value):
            yield Finding(
                "number-lost",
                _("The number %(number)s is missing or different.")
                % {"number": _shown(value)},
            )
    for value in (found - wanted).elements():
        if not _may_be_spelled_out(value):
            yield Finding(
                "number-added",
                _("The number %(number)s is not in the original.")
                % {"number": _shown(value)},
            )


def numbers(text: str, language: str) -> "Counter[Decimal]":
    """Return the numbers in *text* in the notation of *language*.

    The notation is 1 234,5 in Kazakh and Russian, and 1,234.5 in English.
    """
    found: Counter[Decimal] = Counter()
    for match in _NUMBER.finditer(text):
        found.update(_values(match[0], language))
    return found


def _values(text: str, language: str) -> Iterator[Decimal]:
    point = languages.language(language).decimal_mark
    thousands = "." if point == "," else ","
    groups = re.split(f"[{_SPACES}]", text)
    # Adjacent groups are one number if each further group has three digits.
    first, *rest = groups
    joined = [first]
    for group in rest:
        if re.match(r"\d{3}(?!\d)", group) and re.fullmatch(
            r"\d{1,3}", joined[-1][-3:]
        ):
            joined[-1] += group
        else:
            joined.append(group)
    for one in joined:
        plain = re.sub(rf"{re.escape(thousands)}(?=\d{{3}}(?!\d))", "", one)
        if plain.count(point) == 1 and thousands not in plain:
            yield Decimal(plain.replace(point, "."))
        else:
            for part in re.split(r"[.,]", plain):
                yield Decimal(part)


def _may_be_spelled_out(value: Decimal) -> bool:
    return value <= SPELLED_OUT_UP_TO and value == value.to_integral_value()


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}"
