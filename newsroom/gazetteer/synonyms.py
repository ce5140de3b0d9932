"""The names of places as synonyms for the search."""

from django.db import transaction

from newsroom.gazetteer.places import LANGUAGES, places
from search.index import synonyms

PREFIX = "gazetteer:"


@transaction.atomic
def put_place_names() -> int:
    """Make the names of each place synonyms; return the number of places.

    Places that are no longer in the table lose theirs.
    """
    groups = {f"{PREFIX}{place.identifier}": place for place in places()}
    for group in synonyms.group_names(PREFIX) - groups.keys():
        synonyms.put(group, {})
    for group, place in groups.items():
        texts = {language: place.searched(language) for language in LANGUAGES}
        synonyms.put(group, texts)
    return len(groups)
