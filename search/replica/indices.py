"""The indices of the archive and their aliases."""

import re
import secrets

from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.replica.errors import (
    NO_RIGHTS,
    UNKNOWN_USER,
    SetUpError,
    blocked,
    unavailable,
)


def own_indices(client: Elasticsearch, alias: str) -> list[str]:
    """Return the indices that rebuilds created for *alias*, oldest first."""
    found = client.indices.get(
        index=f"{alias}-*", features=["aliases"], expand_wildcards="open,closed"
    )
    return sorted(name for name in found if is_own(name, alias))


def is_own(index: str, alias: str) -> bool:
    """Return whether a rebuild created *index*, judging by its name."""
    return bool(re.fullmatch(rf"{re.escape(alias)}-\d{{6}}-[0-9a-f]{{4}}", index))


def new_name(client: Elasticsearch, alias: str) -> str:
    """Return a name for a new index."""
    numbers = [int(name.split("-")[-2]) for name in own_indices(client, alias)]
    return f"{alias}-{max([0, *numbers]) + 1:06}-{secrets.token_hex(2)}"


def kept_alias(alias: str) -> str:
    """Return the alias of the index that was live before the last rebuild."""
    return f"{alias}-previous"


def indices_of(client: Elasticsearch, alias: str) -> list[str]:
    """Return the indices that *alias* points to, an empty list if it is missing."""
    try:
        return list(client.indices.get_alias(name=alias))
    except NotFoundError:
        return []


def _is_index(client: Elasticsearch, name: str) -> bool:
    """Return whether *name* is an index or data stream, open or closed."""
    try:
        found = client.indices.resolve_index(name=name, expand_wildcards="all")
    except NotFoundError:
        return False
    return bool(found["indices"] or found["data_streams"])


def check_set_up(client: Elasticsearch, alias: str) -> None:
    """Check in advance that a new index can be put in place.

    Raises SetUpError with a remedy if the name of an alias is taken by an index, if an
    index to be replaced is read-only, or if a privilege is missing.
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


# Settings that prevent removing an alias from an index, and their text in errors.
_BLOCKS_OF_ALIASES = {
    "read_only": "blocked by index read-only",
    "read_only_allow_delete": "blocked by read-only-allow-delete",
    "metadata": "blocked by metadata",
}
# Privileges needed by rebuilds and the worker; docs/search.md lists them.
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
            raise unavailable(error) from error
        return  # the cluster has no authentication
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
    """Point *alias* to *index* in one request.

    The same request keeps the replaced index under :func:`kept_alias` and deletes the
    index kept before. Indices that no rebuild created are not deleted.
    """
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
