"""The names of places as synonyms for the search."""

from newsroom.gazetteer.places import LANGUAGES, places


def place_names() -> dict[str, dict[str, list[tuple[str, ...]]]]:
    """Return the names to search for each place: group → language → names.

    A name is a tuple of the phrases that contain it; see :meth:`PlaceName.searched`.
    """
    return {
        f"gazetteer:{place.identifier}": {
            language: place.searched(language) for language in LANGUAGES
        }
        for place in places()
    }
