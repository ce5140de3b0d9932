"""Paragraphs that are a quotation and say whose it is."""

import re
from typing import Any

LONGEST_SIGNATURE = 150
_PAIRS = {"«": "»", "“": "”", "„": "“", '"': '"'}
_CLOSED = re.compile(
    r"(?P<text>.+)(?P<close>[»”“\"])\s*(?:,\s*)?[—–-]\s*,?\s*(?P<by>[^«»“”„\"]+)",
    re.DOTALL,
)
# Words of saying at the beginning of what follows a quotation. What a Kazakh "деп" is
# said with is any verb in the past or present.
_SAID = re.compile(
    r"(?:деп(?:\s+\w+){0,2}?\s+\w+(?:ды|ді|ты|ті)|деді|дейді"
    r"|(?:сказал|отметил|сообщил|заявил|подчеркнул|добавил|рассказал|пояснил|уточнил"
    r"|объяснил|напомнил|подытожил|поделил|признал|написал)(?:а|о|и)?(?:с[ья])?"
    r"|говор[иья]т|отмечает|считает|подчёркивает|подчеркивает|поясняет|уверен[аы]?"
    r"|said|says|noted|notes|added|adds|explained|stressed|told reporters|concluded)"
    r"(?!\w)",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[.!?…]\s+\S")


def quotation(paragraph: str) -> dict[str, Any] | None:
    """Return the value of a quote block, or None if *paragraph* is something else.

    It is a quotation if it begins with a quotation mark, and after the closing one and
    a dash come words of saying, at most 150 characters and one sentence.
    """
    closing = _PAIRS.get(paragraph[:1], "")
    match = _CLOSED.fullmatch(paragraph[1:]) if closing else None
    if not match or match["close"] != closing or closing in _inside(match["text"]):
        return None
    by = match["by"].strip().removesuffix(".")
    said = _SAID.match(by)
    if not said or len(by) > LONGEST_SIGNATURE or _SENTENCES.search(by):
        return None
    speaker, _comma, role = by[said.end() :].strip(" ,").partition(", ")
    return {
        "text": match["text"].strip().removesuffix(","),
        "said": said[0],
        "speaker": speaker,
        "role": role,
    }


def _inside(text: str) -> str:
    """Return *text* without the quotations in it, whose marks may be the same."""
    return re.sub(r"«[^«»]*»|“[^“”]*”|„[^„“]*“", "", text)
