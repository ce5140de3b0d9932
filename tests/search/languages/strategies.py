"""Text for property tests: any Unicode, and characters that the rules name."""

from hypothesis import strategies as st

PECULIAR = (
    "аәбвгғқңіуяьЯІХхиЙҰ'’ʻaiIıİqsycoñşäūwGg-‐ \u00ad\u200b\u0301\u0306\u0307.,:/@%№₸"
    "0123459٣²中国のไท\u0674اقىەكءـﷺﻻ"
)

any_text = st.one_of(st.text(), st.text(alphabet=PECULIAR))
