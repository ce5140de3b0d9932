"""Every number that decides what readers find first, and how much is looked at.

``benchmarks/tuning.py`` measures them; ``docs/search.md`` has its table.
"""

from search.languages import FIELD_WEIGHTS

# How much a word counts by where it stands.
ZONE_WEIGHTS = {
    "title": 6.0,  # what the article is about, in its author's words
    "lead": 2.5,  # the same at length
    "names": 2.0,  # entities picked by an editor
    "body": 1.0,
}
# How much a match counts by its form. A document that has the very word that was
# typed has its stem too: the weights add up, so that exact > stem > folded.
FORM_WEIGHTS = FIELD_WEIGHTS

# BM25's two: how soon repetition stops to count, and how far long texts are marked
# down. The usual values.
SATURATION = 1.2
LENGTH_NORMALISATION = 0.75

# A phrase is rarer than its words: it counts as their sum, times this.
PHRASE_WEIGHT = 1.5
# All words of a query side by side add this share of the score; further apart less.
NEARNESS_WEIGHT = 0.3
# What was found only by a term's equivalent in another language counts half.
EQUIVALENT_WEIGHT = 0.5
# An article of today scores this much above one of long ago with the same words …
RECENCY_WEIGHT = 0.15
# … and one of this age is half-way.
RECENCY_HALF_LIFE_DAYS = 365.0

# Results that are ranked with care: ten pages, more than nearly any reader turns. What
# comes after them keeps the engine's rough order.
CANDIDATES = 100
# The rough order: a word counts its rarity, times these by where it stands at best.
ROUGH_ANYWHERE, ROUGH_HEAD, ROUGH_TITLE = 1, 2, 3

# Fewer articles than this have all words: those with most of them are offered too.
FEW_HITS = 3
# The shares of a query's words that must match then, tried until there are enough: half
# of them, or one.
LOOSE_SHARES = (0.5, 0.0)
ENOUGH_HITS = 10  # a page full
# So many words are a question: its answer has few of them, in forms of its own.
QUESTION_WORDS = 4
# Words that stand in more of the archive than this do not make a hit on their own.
COMMON_SHARE = 0.2
