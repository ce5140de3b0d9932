"""Reconstruction of the facts that a published translation was made from.

It is needed for translations that were published before facts were recorded.
"""

import json
from collections.abc import Mapping
from typing import Any

from wagtail_localize.models import SegmentOverride, Translation

from newsroom.articles.models import ArticlePage
from newsroom.translation.synchronisation.facts import Facts, facts_of, serialised


def facts_as_published(translation: Translation, target: ArticlePage) -> Facts:
    """Return the facts of *target* as its source must have had them.

    Values that a translator has overridden count as equal to the present source, and so
    do links that the translation reorders or omits. A stopped translation is edited by
    hand: it counts as made from the present source.
    """
    present = facts_of(json.loads(translation.source.content_json))
    if not translation.enabled:
        return present
    facts = facts_of(serialised(target))
    overrides = _overrides(translation)
    for path in facts.keys() & present.keys():
        if path in overrides and facts[path] == overrides[path]:
            facts[path] = present[path]
        elif isinstance(facts[path], dict) and "links" in facts[path]:
            facts[path] = _rich_text(path, facts[path], present[path], overrides)
        elif isinstance(facts[path], dict) and "cells" in facts[path]:
            # A cell may have an empty translation.
            facts[path] = {**facts[path], "cells": present[path]["cells"]}
    return facts


def _overrides(translation: Translation) -> dict[str, Any]:
    rows = SegmentOverride.objects.filter(
        locale=translation.target_locale_id,
        context__object_id=translation.source.object_id,
        has_error=False,
    )
    return {
        path: json.loads(data)
        for path, data in rows.values_list("context__path", "data_json")
    }


def _rich_text(
    path: str, own: dict[str, Any], present: dict[str, Any], overrides: Mapping
) -> dict[str, Any]:
    """Return the structure of a rich text.

    The links are those of the present source, unless the translation has other links.
    """
    known = [
        {**link, "href": overrides.get(_path_of(path, link), link.get("href"))}
        if "href" in link
        else link
        for link in present["links"]
    ]
    has_others = any(link not in known for link in own["links"])
    links = own["links"] if has_others else present["links"]
    return {**own, "links": links}


def _path_of(path: str, link: Mapping[str, Any]) -> str:
    """Return the path under which wagtail-localize stores an override of a link."""
    quoted = str(link["href"]).replace("\\", "\\\\").replace("'", "\\'")
    return f"{path}.'{quoted}'"
