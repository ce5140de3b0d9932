"""New segmentation of stored sources after an element has become an inline element.

Before that, the element cut its sentence into fragments: «5 м», «2», «, CO», «2». The
sentence becomes one segment. Its translation is joined from those of the fragments if
each of them is translated. Otherwise the sentence must be translated again and its
published translation counts as outdated. The fragments' translations stay in the
memory.

If the element was inside a link, wagtail-localize put the fragments in another order
than in the sentence: only segments that equal the source text are joined.

Models are taken from an app registry, so that a migration can use this module.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid5

from bs4 import BeautifulSoup
from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import String, Template
from wagtail_localize.strings import StringValue, extract_strings

# Private-use characters that mark a fragment: its index and its text.
START, MIDDLE, END = "\ue000", "\ue001", "\ue002"
CRUMB = re.compile(f"{START}(\\d+){MIDDLE}(.*?){END}", re.DOTALL)
MARK = "data-crumb"
_ID = re.compile(r'(<\w+\s+id=")([^"]+)(")')
Strings = Sequence[tuple[str, dict[str, dict[str, Any]]]]


@dataclass(frozen=True, slots=True)
class Joined:
    """A segment joined from fragments.

    ``crumbs`` are the indexes of the fragments. ``ids`` maps the fragments' link ids to
    those of the segment. ``marked`` is the segment's HTML with markers around each
    fragment.
    """

    marked: str
    crumbs: tuple[int, ...]
    ids: Mapping[str, str]

    def text(self, texts: Mapping[int, str]) -> str:
        """Return the segment's HTML with the fragments replaced by *texts*."""

        def put(match: re.Match[str]) -> str:
            number = int(match[1])
            return _ID.sub(
                lambda found: (
                    found[1] + self.ids.get(f"{number}:{found[2]}", found[2]) + found[3]
                ),
                texts[number],
            )

        return CRUMB.sub(put, self.marked)


def stored_html(content: dict[str, Any], path: str) -> str | None:
    """Return the rich text at *path* of a source's content; None if there is none.

    *path* is a content path of wagtail-localize.
    """
    name, *rest = path.split(".")
    value = content.get(name)
    if rest and isinstance(value, str):
        value = json.loads(value)
    for part in rest:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list):
            items = [item for item in value if isinstance(item, dict)]
            found = (item.get("value") for item in items if item.get("id") == part)
            value = next(found, None)
    return value if isinstance(value, str) else None


def divide(template: str, strings: Strings) -> list[Joined]:
    """Return the segments of the HTML that *template* and *strings* represent.

    Both are in the form that ``wagtail_localize.strings.extract_strings`` returned
    before the element was an inline element.
    """
    soup = BeautifulSoup(template, "html.parser")
    for element in soup.find_all("text"):
        number = int(str(element["position"]))
        data, attrs = strings[number]
        marked = {
            name: {**values, MARK: f"{number}:{name}"} for name, values in attrs.items()
        }
        inner = StringValue(data).render_html(marked)
        text = f"{START}{number}{MIDDLE}{inner}{END}"
        element.replace_with(BeautifulSoup(text, "html.parser"))
    _template, found = extract_strings(str(soup))
    return [_joined(value.data, attrs) for value, attrs in found]


def _joined(marked: str, attrs: dict[str, dict[str, Any]]) -> Joined:
    ids = {values[MARK]: name for name, values in attrs.items() if MARK in values}
    crumbs = tuple(int(match[1]) for match in CRUMB.finditer(marked))
    return Joined(marked, crumbs, ids)


def join_all(apps: Any, tags: Sequence[str]) -> set[int]:
    """Segment every source again whose templates contain one of *tags*.

    The counts of its translations are updated. Returns the primary keys of the changed
    TranslationSources.
    """
    model = apps.get_model("wagtail_localize", "TemplateSegment")
    changed = set()
    for pk in list(model.objects.order_by("pk").values_list("pk", flat=True)):
        segment = model.objects.select_related("template", "source", "context").get(
            pk=pk
        )
        if not any(f"<{tag}" in segment.template.template for tag in tags):
            continue
        with transaction.atomic():
            if _Field(apps, segment).join():
                changed.add(segment.source_id)
    for source in sorted(changed):
        count_anew(apps, source)
    return changed


def count_anew(apps: Any, source: int) -> None:
    """Update the counts of the translations of a TranslationSource (primary key).

    A live translation that lacks a joined sentence becomes outdated.
    """
    from newsroom.translation.bases import effective
    from newsroom.translation.changes import compare

    rows = apps.get_model("newsroom_translation", "VersionState").objects
    segments = apps.get_model("wagtail_localize", "StringSegment").objects
    texts = apps.get_model("wagtail_localize", "StringTranslation").objects
    bases = apps.get_model("newsroom_translation", "TranslationBasis").objects
    present = list(
        segments.filter(source=source)
        .order_by("order", "pk")
        .values_list("context_id", "string_id")
    )
    for row in rows.filter(translation__source=source).select_related("source"):
        translated = texts.filter(
            locale=row.locale_id,
            context__in={context for context, _string in present},
            has_error=False,
        ).values_list("context_id", "translation_of_id")
        row.segments_total = len(set(present))
        row.segments_translated = len(set(present) & set(translated))
        basis = effective(bases.filter(translation=row.translation_id))
        if basis and row.state in ("live", "outdated"):
            row.segments_changed = len(compare(basis.segments, present))
            if row.segments_changed and row.state == "live":
                row.state, row.waiting_since = "outdated", timezone.now()
        row.save()
        original = rows.filter(translation_key=row.translation_key, state="original")
        if row.waiting_since:
            original.filter(waiting_since=None).update(waiting_since=row.waiting_since)


class _Field:
    """One rich text of one source, with all rows that refer to its segments."""

    def __init__(self, apps: Any, template: Any) -> None:
        self.apps = apps
        self.template = template
        self.source = template.source
        self.context, self.path = template.context_id, template.context.path
        self.segments = list(
            self._of("wagtail_localize", "StringSegment")
            .filter(source=self.source, context=self.context)
            .select_related("string")
            .order_by("order", "pk")
        )

    def _of(self, app: str, model: str) -> Any:
        return self.apps.get_model(app, model).objects

    def join(self) -> bool:
        strings = [(s.string.data, json.loads(s.attrs) or {}) for s in self.segments]
        if len(strings) != self.template.template.string_count:
            return False  # not as wagtail-localize writes it; a refresh repairs it
        html = stored_html(json.loads(self.source.content_json), self.path)
        if html is None:
            return False
        template, found = extract_strings(html)
        texts = [value.data for value, _attrs in found]
        if texts == [data for data, _attrs in strings]:
            return False
        originals = {number: data for number, (data, _) in enumerate(strings)}
        joined = divide(self.template.template.template, strings)
        units = {unit.text(originals): unit for unit in joined}
        self.old = [segment.string_id for segment in self.segments]
        self.new = [self._string(text) for text in texts]
        self.units = {
            string: units[text]
            for string, text in zip(self.new, texts, strict=True)
            if text in units
        }
        self._write(template, [attrs for _value, attrs in found])
        self._translate()
        self._follow_comments()
        return True

    def _string(self, data: str) -> int:
        string, _created = self._of("wagtail_localize", "String").get_or_create(
            locale_id=self.source.locale_id,
            data_hash=uuid5(String.UUID_NAMESPACE, data),
            defaults={"data": data},
        )
        return int(string.pk)

    def _write(self, html: str, attrs: Sequence[dict[str, Any]]) -> None:
        space = uuid5(Template.BASE_UUID_NAMESPACE, "html")
        template, _created = self._of("wagtail_localize", "Template").get_or_create(
            uuid=uuid5(space, html),
            defaults={
                "template": html,
                "template_format": "html",
                "string_count": len(self.new),
            },
        )
        self.template.template = template
        self.template.save(update_fields=["template"])
        known = self._of("wagtail_localize", "StringSegment")
        known.filter(pk__in=[segment.pk for segment in self.segments]).delete()
        for number, string in enumerate(self.new):
            known.create(
                source=self.source,
                context_id=self.context,
                string_id=string,
                order=self.template.order + 1 + number,
                attrs=json.dumps(attrs[number] or None),
            )

    def _changed(self) -> Iterator[tuple[Joined, int]]:
        for string, unit in self.units.items():
            if [self.old[number] for number in unit.crumbs] != [string]:
                yield unit, string

    def _translate(self) -> None:
        """Join the fragments' translations in each language and update the bases.

        A text published with the fragments counts as a translation of the sentence.
        """
        made: dict[int, dict[int, Any]] = {}
        for text in self._of("wagtail_localize", "StringTranslation").filter(
            context=self.context, translation_of__in=self.old
        ):
            made.setdefault(text.locale_id, {})[text.translation_of_id] = text
        for translation in self._of("wagtail_localize", "Translation").filter(
            source=self.source
        ):
            texts = made.get(translation.target_locale_id, {})
            joined = {
                string
                for unit, string in self._changed()
                if self._join_texts(unit, string, texts)
            }
            self._follow_bases(translation, joined)

    def _join_texts(self, unit: Joined, string: int, texts: Mapping[int, Any]) -> bool:
        parts = {number: texts.get(self.old[number]) for number in unit.crumbs}
        rows = [text for text in parts.values() if text and text.data]
        if not rows or len(rows) < len(parts) or any(row.has_error for row in rows):
            return False
        last = max(rows, key=lambda row: row.updated_at)
        machine = next((r for r in rows if r.translation_type == "machine"), None)
        text, created = self._of("wagtail_localize", "StringTranslation").get_or_create(
            translation_of_id=string,
            locale_id=last.locale_id,
            context_id=self.context,
            defaults={
                "data": unit.text({n: row.data for n, row in parts.items() if row}),
                "translation_type": (machine or last).translation_type,
                "tool_name": (machine or last).tool_name,
                "last_translated_by_id": last.last_translated_by_id,
            },
        )
        if created:
            # An approval is valid only for a text that was not changed after it.
            type(text).objects.filter(pk=text.pk).update(updated_at=last.updated_at)
            self._remember(text)
        return True

    def _remember(self, text: Any) -> None:
        from newsroom.translation.memory import keys_of

        key = self.apps.get_model("newsroom_translation", "MemoryKey")
        source, target = text.translation_of, text
        sides = [
            (source.data, source.locale, target.locale),
            (target.data, target.locale, source.locale),
        ]
        key.objects.bulk_create(
            key(text=text, locale=locale, other=other, kind=int(kind), key=number)
            for html, locale, other in sides
            for kind, numbers in keys_of(html, locale.language_code).items()
            for number in numbers
        )

    def _follow_bases(self, translation: Any, joined: set[int]) -> None:
        after: list[int] = []
        gone = set(range(len(self.old)))
        for string in self.new:
            unit = self.units.get(string)
            crumbs = [self.old[number] for number in unit.crumbs] if unit else []
            gone -= set(unit.crumbs) if unit else set()
            is_known = string in joined or crumbs == [string]
            after += [string] if is_known else crumbs
        after += [self.old[number] for number in sorted(gone)]
        for basis in self._of("newsroom_translation", "TranslationBasis").filter(
            translation=translation
        ):
            strings = [s for context, s in basis.segments if context == self.context]
            if strings != self.old:
                continue  # of an earlier source, so it stays outdated
            contexts = [context for context, _string in basis.segments]
            place = contexts.index(self.context)
            others = [pair for pair in basis.segments if pair[0] != self.context]
            pairs = [[self.context, string] for string in after]
            basis.segments = others[:place] + pairs + others[place:]
            basis.save(update_fields=["segments"])

    def _follow_comments(self) -> None:
        """Move comments from fragments to their sentence and detach manual edits.

        An undecided manual edit of a fragment becomes one without a segment: it can be
        read, but not accepted.
        """
        for unit, string in self._changed():
            crumbs = {self.old[number] for number in unit.crumbs} - set(self.new)
            self._of("newsroom_translation", "SegmentComment").filter(
                context=self.context, string__in=crumbs
            ).update(string=string)
            self._of("newsroom_translation", "HandmadeEdit").filter(
                context=self.context, string__in=crumbs, decided_at=None
            ).update(string=None, context=None)
