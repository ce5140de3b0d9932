"""Warn an editor whose text is in another language than its page.

A Russian text on a Kazakh page is analysed as Kazakh, read aloud as Kazakh and offered
to readers as Kazakh. It is saved all the same: quotations and names can be in another
language.
"""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages
from wagtail.models import Page

from newsroom.articles.block_content import body_text
from newsroom.articles.models.article import ArticlePage
from search.languages import detect_language

# Of KazNERD's 11,239 sentences of Kazakh news none is taken for another language of the
# site with more than .53. Two sentences of Russian are above this, a headline is not.
SURE = 0.65


def other_language(article: ArticlePage) -> str:
    """Return the code of the site's language that *article* seems to be written in.

    Returns "" if that is the language of its page, unclear, or none of the site's, and
    if an editor has said in which orthography of the page's language it is.
    """
    if article.written_in != article.locale.language_code:
        return ""
    text = "\n".join([article.title, article.lead, body_text(article.body)])
    guess = detect_language(text)
    is_other = guess.code != article.locale.language_code
    if is_other and guess.confidence >= SURE and guess.code in get_content_languages():
        return guess.code
    return ""


def warn_of_other_language(request: HttpRequest, page: Page) -> None:
    """Add a warning to the response of the page editor, background saves excepted."""
    if not isinstance(page, ArticlePage) or not request.accepts("text/html"):
        return
    if code := other_language(page):
        names = {
            "found": get_content_languages()[code],
            "expected": page.locale.get_display_name(),
        }
        text = _(
            "The language of the text seems to be %(found)s, but that of the page is "
            "%(expected)s. Search and readers' programs go by the page."
        )
        messages.warning(request, text % names)
