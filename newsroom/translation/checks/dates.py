"""Recognition of days of the year in texts, in any notation."""

import re
from collections import Counter
from functools import lru_cache

from newsroom.localisation import languages

Day = tuple[int, int]

_NUMERIC = re.compile(
    r"(?<![\d.])(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})(?!\d)"
    r"|(?<!\d)(?P<y2>\d{4})-(?P<m2>\d{2})-(?P<d2>\d{2})(?!\d)"
)


@lru_cache(maxsize=32)
def _named(
    months: tuple[str, ...], *, month_comes_first: bool
) -> tuple[re.Pattern[str], ...]:
    """Return the pattern of the days of each month."""
    patterns = []
    for month in months:
        after = rf"(?P<d>\d{{1,2}})(?:-?\w{{1,3}})?(?: of)?\s+{month}\w*"
        before = rf"|{month}\s+(?P<d2>\d{{1,2}})(?!\d)" if month_comes_first else ""
        patterns.append(re.compile(rf"(?<![\w.,])(?:{after}{before})", re.IGNORECASE))
    return tuple(patterns)


def take_days(text: str, language: str) -> tuple[Counter[Day], str]:
    """Return the days in *text* as (day, month), and the text without them.

    Years stay in the text.
    """
    days: Counter[Day] = Counter()

    def numeric(match: re.Match[str]) -> str:
        day, month = match["d"] or match["d2"], match["m"] or match["m2"]
        if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
            return match[0]
        days[int(day), int(month)] += 1
        return f" {match['y'] or match['y2']} "

    text = _NUMERIC.sub(numeric, text)
    row = languages.language(language)
    named_days = _named(row.months, month_comes_first=row.month_comes_first)
    for number, pattern in enumerate(named_days, start=1):

        def named(match: re.Match[str], month: int = number) -> str:
            groups = match.groupdict()
            day = int(groups["d"] or groups.get("d2") or 0)
            days[day, month] += 1
            return " "

        text = pattern.sub(named, text)
    return days, text
