"""Forms of names, brands, numbers, acronyms and loans."""

from collections.abc import Iterator

from .data import Data, written_stems
from .rows import Figure, row


@row("forms", "Forms that have a stem of their base")
def forms_of_bases(data: Data) -> Iterator[Figure]:
    """Yield the share of forms that have a stem in common with their base."""
    table = [line for line in data.table("forms.tsv") if len(line) == 3]
    missed = [
        f"{form}: {', '.join(sorted(written_stems(form)))}, not {base} ({kind})"
        for form, base, kind in table
        if not written_stems(form) & written_stems(base)
    ]
    met = len(table) - len(missed)
    yield Figure("met", met, len(table), least=0.9, errors=tuple(missed))
