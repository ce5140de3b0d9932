"""All numbers that determine the ranking, and how many results are ranked.

``benchmarks/tuning.py`` measures them; ``docs/search.md`` has its table.
"""

from search import languages

# The weight of a word by field.
FIELD_WEIGHTS = {
    "title": 6.0,  # what the article is about, in its author's words
    "lead": 2.5,  # the same at length
    "names": 2.0,  # entities picked by an editor
    "body": 1.0,
}
# The weight of a match by variant. A document that has the exact word typed also has
# its stem: the weights add up, so that exact > stem > folded.
VARIANT_WEIGHTS = languages.VARIANT_WEIGHTS

# The two parameters of BM25, with their usual values: how quickly repetitions stop
# counting (k1), and how much long texts are penalised (b).
SATURATION = 1.2
LENGTH_NORMALISATION = 0.75

# A phrase is rarer than its words: its weight is their sum times this.
PHRASE_WEIGHT = 1.5
# Adjacent words of a query add this share of the score; more distant words add less.
NEARNESS_WEIGHT = 0.3
# All words in the title add this share, so that no number of repetitions in a text
# (which BM25 limits to 2.2 times the weight of one) outweighs it.
WHOLE_TITLE_WEIGHT = 0.6
# A match of only a synonym counts half.
SYNONYM_WEIGHT = 0.5
# An article of today scores this much above a very old one with the same words …
RECENCY_WEIGHT = 0.15
# … and one of this age gets half of the bonus.
RECENCY_HALF_LIFE_DAYS = 365.0

# Results ordered by the ranker: ten pages, more than nearly any reader turns. Further
# results keep the approximate order of the engine.
CANDIDATES = 100
# The approximate order: the rarity of a word is multiplied by one of these, depending
# on the field.
ROUGH_ANYWHERE, ROUGH_HEAD, ROUGH_TITLE = 1, 2, 3

# If fewer articles than this have all words, those with most of them are shown, too.
FEW_HITS = 3
# The shares of a query's words that must then match, tried until there are enough
# results: half of them, or one word.
LOOSE_SHARES = (0.5, 0.0)
ENOUGH_HITS = 10  # a page full
# A query with this many words is a question: its answer has few of the words, in other
# forms.
QUESTION_WORDS = 4
# Words in more of the archive than this do not make a match on their own.
COMMON_SHARE = 0.2
