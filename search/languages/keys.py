"""Keys of words as typed: the same in every script, without stemming."""

from .analysis import analyser_for


def word_keys(text: str, language: str) -> list[str]:
    """Return the key of each word of `text`, compounds as one word.

    A word that is still being typed has no ending that could be stripped. Suggestions
    are therefore looked up by these keys and not by folded stems.
    """
    analyser = analyser_for(text, language, None)
    keys, end = [], 0
    for term in analyser.terms(text):
        if term.start >= end:
            end = term.end
            keys.append(analyser.language.key(term.exact))
    return [key for key in keys if key]
