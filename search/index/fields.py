"""The term columns of an entry: fields and variants."""

# From the most to the least significant. The head of an entry is all but its body.
FIELDS = ("title", "lead", "names", "body")
# The variants that are stored. The prefix variant needs no column, see
# search.ranking.ranker.
VARIANTS = ("exact", "stems", "folded")

# (field, variant) in the order of the model's columns.
COLUMNS = tuple((field, variant) for field in FIELDS for variant in VARIANTS)
# Separates two fields where they are joined, so that no phrase crosses them.
FIELD_END = "¶"


COLUMN_NAMES = tuple(f"{field}_{variant}" for field, variant in COLUMNS)
