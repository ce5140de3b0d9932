"""Check that an index has the mapping its documents need."""

from collections.abc import Mapping
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.replica.errors import MissingError, unavailable
from search.replica.schema import mappings, version


def check_form(client: Elasticsearch, index: str) -> None:
    """Compare the mapping of *index*, a name or an alias, with the current one.

    An index that was created or changed by other means rejects documents, or accepts
    them and gives wrong results. Raises MissingError for such an index, and
    ClusterUnavailableError.
    """
    try:
        found = client.indices.get_mapping(index=index).body
    except (ApiError, TransportError) as error:
        raise unavailable(error) from error
    if len(found) != 1:
        raise MissingError(f"{index} is an alias of several indices.")
    ((name, held),) = found.items()
    mapping = held["mappings"]
    wanted = mappings()
    meta = mapping.get("_meta")
    if (
        not isinstance(meta, dict)
        or meta.get("version") != version()
        or mapping.get("dynamic") != wanted["dynamic"]
        or _types(mapping) != _types(wanted)
    ):
        raise MissingError(f"{name} has another mapping.")


def _types(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Return the type and analyser of each field, or the types of its subfields."""
    return {
        name: _types(field)
        if "properties" in field
        else (field.get("type"), field.get("analyzer"))
        for name, field in mapping.get("properties", {}).items()
    }
