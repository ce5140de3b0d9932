"""The indices of the archive: which there are, and which of them answers."""

import re
import secrets

from elasticsearch import Elasticsearch

from search.replica.writing import AwayError


def own_indices(client: Elasticsearch, alias: str) -> list[str]:
    """The indices that rebuilds have made under this alias, the oldest first."""
    found = client.indices.get(
        index=f"{alias}-*", features=["aliases"], expand_wildcards="open,closed"
    )
    return sorted(name for name in found if is_own(name, alias))


def is_own(index: str, alias: str) -> bool:
    """Whether a rebuild has made *index*, by its name."""
    return bool(re.fullmatch(rf"{re.escape(alias)}-\d{{6}}-[0-9a-f]{{4}}", index))


def new_name(client: Elasticsearch, alias: str) -> str:
    """A name for an index that there is not yet."""
    numbers = [int(name.split("-")[-2]) for name in own_indices(client, alias)]
    return f"{alias}-{max([0, *numbers]) + 1:06}-{secrets.token_hex(2)}"


def kept_alias(alias: str) -> str:
    """The alias of the index that was in place before the last rebuild."""
    return f"{alias}-previous"


def indices_of(client: Elasticsearch, alias: str) -> list[str]:
    """The index that *alias* points to, in a list; an empty one where it is missing."""
    if not client.indices.exists_alias(name=alias):
        return []
    return list(client.indices.get_alias(name=alias))


def refuse_foreign(client: Elasticsearch, alias: str) -> None:
    """Raise AwayError where the alias cannot be moved: its name is that of an index."""
    if client.indices.exists(index=alias) and not indices_of(client, alias):
        raise AwayError(
            f"{alias} is the name of an index that is not the archive's: delete it, or"
            " set ELASTICSEARCH_INDEX to another name."
        )


def put_in_place(client: Elasticsearch, alias: str, index: str) -> None:
    """Have *index* answer to *alias*, in one call that also keeps the one that did so
    before, and deletes the one that was kept. Indices of others are left alone."""
    live = indices_of(client, alias)
    replaced = [old for old in live if is_own(old, alias) and old != index]
    kept = indices_of(client, kept_alias(alias))
    actions: list[dict[str, dict[str, str]]] = [
        {"remove": {"index": old, "alias": alias}} for old in live
    ]
    for old in kept:
        if is_own(old, alias) and old not in [*live, index]:
            actions.append({"remove_index": {"index": old}})
        else:
            actions.append({"remove": {"index": old, "alias": kept_alias(alias)}})
    actions += [{"add": {"index": old, "alias": kept_alias(alias)}} for old in replaced]
    actions.append({"add": {"index": index, "alias": alias}})
    client.indices.update_aliases(actions=actions)


def drop_previous(client: Elasticsearch, alias: str) -> list[str]:
    """Delete the index that was kept; return its name in a list."""
    live = indices_of(client, alias)
    kept = indices_of(client, kept_alias(alias))
    dropped = [old for old in kept if is_own(old, alias) and old not in live]
    for index in dropped:
        client.indices.delete(index=index)
    return dropped
