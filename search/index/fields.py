"""The term columns of an entry: fields and variants."""

# From the most to the least significant. The head of an entry is all but its body.
ZONES = ("title", "lead", "names", "body")
# The variants that are stored. The prefix variant needs no column, see
# search.ranking.ranker.
FORMS = ("exact", "stems", "folded")

# (field, variant) in the order of the model's columns.
COLUMNS = tuple((zone, form) for zone in ZONES for form in FORMS)
# Separates two fields where they are joined, so that no phrase crosses them.
ZONE_END = "¶"


COLUMN_NAMES = tuple(f"{zone}_{form}" for zone, form in COLUMNS)
