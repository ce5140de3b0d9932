"""Recognition of days of the year in texts, in any notation."""

import re
from collections import Counter

# The invariable beginnings of the names of the months.
MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша "
    "желтоқсан",
    "ru": "январ феврал март апрел ма[йяе] июн июл август сентябр октябр ноябр декабр",
    "en": "january february march april may june july august september october "
    "november december",
}
Day = tuple[int, int]

_NUMERIC = re.compile(
    r"(?<![\d.])(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})(?!\d)"
    r"|(?<!\d)(?P<y2>\d{4})-(?P<m2>\d{2})-(?P<d2>\d{2})(?!\d)"
)


def _named(code: str) -> list[re.Pattern[str]]:
    patterns = []
    for month in MONTHS[code].split():
        after = rf"(?P<d>\d{{1,2}})(?:-?\w{{1,3}})?(?: of)?\s+{month}\w*"
        before = rf"|{month}\s+(?P<d2>\d{{1,2}})(?!\d)" if code == "en" else ""
        patterns.append(re.compile(rf"(?<![\w.,])(?:{after}{before})", re.IGNORECASE))
    return patterns


_NAMED = {code: _named(code) for code in MONTHS}


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
    for number, pattern in enumerate(_NAMED.get(language, ()), start=1):

        def named(match: re.Match[str], month: int = number) -> str:
            groups = match.groupdict()
            day = int(groups["d"] or groups.get("d2") or 0)
            days[day, month] += 1
            return " "

        text = pattern.sub(named, text)
    return days, text
