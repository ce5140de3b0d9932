"""Where in an entry a word stands, in which form, and what that weighs.

The numbers are the ones that every engine uses. Zone weights multiply the weights
of the forms (``search.languages.FIELD_WEIGHTS``).
"""

from search.languages import FIELD_WEIGHTS

ZONE_WEIGHTS = {
    "title": 6.0,  # what the article is about, in its author's words
    "lead": 2.5,  # the same at length
    "names": 2.0,  # entities picked by an editor
    "body": 1.0,
}
# The forms that decide whether an entry is found. The prefix form is too loose for
# that, and is not indexed.
FORMS = ("exact", "stems", "folded")

# (zone, form) in the order of the index's columns.
COLUMNS = tuple((zone, form) for zone in ZONE_WEIGHTS for form in FORMS)


def column_name(zone: str, form: str) -> str:
    return f"{zone}_{form}"


COLUMN_NAMES = tuple(column_name(zone, form) for zone, form in COLUMNS)


def columns_of(form: str) -> list[str]:
    """The columns that hold *form*, in index order."""
    return [column_name(zone, other) for zone, other in COLUMNS if other == form]


def column_weights() -> list[float]:
    """The weight of every column, in index order."""
    return [ZONE_WEIGHTS[zone] * FIELD_WEIGHTS[form] for zone, form in COLUMNS]
