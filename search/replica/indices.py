"""The indices of the archive: which there are, and which of them answers."""

import re
import secrets

from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.replica.errors import NO_RIGHTS, UNKNOWN_USER, SetUpError, away, blocked


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
    try:
        return list(client.indices.get_alias(name=alias))
    except NotFoundError:
        return []


def _is_index(client: Elasticsearch, name: str) -> bool:
    """Whether *name* is that of an index or data stream, open or closed."""
    try:
        found = client.indices.resolve_index(name=name, expand_wildcards="all")
    except NotFoundError:
        return False
    return bool(found["indices"] or found["data_streams"])


def check_set_up(client: Elasticsearch, alias: str) -> None:
    """Find out before the work what would keep a new index from being put in place.

    Raises SetUpError, which says what to do: where the name of an alias is that of an
    index, where an index that is to be replaced is read-only, and where a right lacks.
    """
    _check_rights(client, alias)
    for name in (alias, kept_alias(alias)):
        if _is_index(client, name):
            raise SetUpError(
                f"{name} is the name of an index, where the archive needs it for an"
                " alias. If nobody needs that index, delete it (DELETE"
                f" /{name}); else set ELASTICSEARCH_INDEX to another name."
            )
    for index in {*indices_of(client, alias), *indices_of(client, kept_alias(alias))}:
        settings = client.indices.get_settings(index=index, flat_settings=True)
        for name, words in _BLOCKS_OF_ALIASES.items():
            is_set = settings[index]["settings"].get(f"index.blocks.{name}") == "true"
            if is_set and (problem := blocked(f"index [{index}] {words}")):
                raise problem


# Settings with which no alias can be moved off an index, in the words that errors have
# for them.
_BLOCKS_OF_ALIASES = {
    "read_only": "blocked by index read-only",
    "read_only_allow_delete": "blocked by read-only-allow-delete",
    "metadata": "blocked by metadata",
}
# What a rebuild and the worker need; docs/search.md lists it.
CLUSTER_RIGHTS = ("monitor",)
INDEX_RIGHTS = ("manage", "read", "write")


def _check_rights(client: Elasticsearch, alias: str) -> None:
    names = [alias, kept_alias(alias), f"{alias}-*"]
    try:
        answer = client.security.has_privileges(
            cluster=list(CLUSTER_RIGHTS),
            index=[{"names": names, "privileges": list(INDEX_RIGHTS)}],
        )
    except ApiError as error:
        if error.meta.status in (UNKNOWN_USER, NO_RIGHTS):
            raise away(error) from error
        return  # a cluster that asks nobody who they are
    missing = [right for right, has in answer["cluster"].items() if not has]
    missing += [
        f"{right} on {name}"
        for name, rights in answer["index"].items()
        for right, has in rights.items()
        if not has
    ]
    if missing:
        raise SetUpError(
            "The site's key or user lacks rights in Elasticsearch:"
            f" {', '.join(sorted(missing))}. docs/search.md lists what it needs under"
            ' "Rights".'
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
