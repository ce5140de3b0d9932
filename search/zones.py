"""Where in an entry a word stands, and in which form: the term columns."""

# From the most telling to the least. The head of an entry is all but its body.
ZONES = ("title", "lead", "names", "body")
# The forms that are stored. The prefix form needs no column: see search.ranking.
FORMS = ("exact", "stems", "folded")

# (zone, form) in the order of the model's columns.
COLUMNS = tuple((zone, form) for zone in ZONES for form in FORMS)
# Stands between two zones where they are joined: no phrase reaches across it.
ZONE_END = "¶"


COLUMN_NAMES = tuple(f"{zone}_{form}" for zone, form in COLUMNS)
