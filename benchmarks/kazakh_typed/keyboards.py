"""Words typed without Kazakh letters: on a Russian keyboard, and as in passports."""

from collections.abc import Callable, Iterator

from .data import Data, asked_stems, frequent_first, written_stems
from .rows import Figure, row

_RUSSIAN = str.maketrans("әғқңөұүһі", "агкноуухи")
_PASSPORT_LETTERS = (
    "а:a б:b в:v г:g ғ:g д:d е:e ж:zh з:z и:i й:y к:k қ:k л:l м:m н:n ң:n о:o ө:o п:p "
    "р:r с:s т:t у:u ұ:u ү:u ф:f х:kh һ:h ц:ts ч:ch ш:sh щ:shch ъ: ы:y і:i ь: ә:a э:e "
    "ё:yo ю:yu я:ya"
)
_PASSPORT = str.maketrans(dict(pair.split(":") for pair in _PASSPORT_LETTERS.split()))


@row("keyboard", "Words typed on a Russian keyboard")
def russian_keyboard(data: Data) -> Iterator[Figure]:
    """Yield the share of words with a Kazakh letter that are found without it."""
    words = [word for word in data.counts if word.translate(_RUSSIAN) != word]
    yield _met("stem met", words, lambda word: word.translate(_RUSSIAN), data, 0.93)


@row("passport", "Words in passport Latin")
def passport_latin(data: Data) -> Iterator[Figure]:
    """Yield the share of words that are found in the Latin letters of passports."""
    words = list(data.counts)
    yield _met("stem met", words, lambda word: word.translate(_PASSPORT), data, 0.93)


@row("right words", "Right words that get a further stem by it")
def right_words(data: Data) -> Iterator[Figure]:
    """Yield the share of correctly typed words that are searched by further stems."""
    words = list(data.counts)
    more = {word: asked_stems(word) - written_stems(word) for word in words}
    touched = frequent_first(filter(more.__getitem__, words), data.counts)
    errors = tuple(f"{word}: {', '.join(sorted(more[word]))}" for word in touched)
    running = sum(data.counts[word] for word in touched)
    yield Figure("types", len(touched), len(words), most=0.005, errors=errors)
    yield Figure("running words", running, data.counts.total(), most=0.005)


def _met(
    label: str,
    words: list[str],
    typed: Callable[[str], str],
    data: Data,
    least: float,
) -> Figure:
    """Count the `words` whose query, typed as `typed(word)`, has one of their stems."""
    missed = [
        word for word in words if not asked_stems(typed(word)) & written_stems(word)
    ]
    errors = tuple(
        f"{typed(word)}: {', '.join(sorted(asked_stems(typed(word))))}, not "
        f"{', '.join(sorted(written_stems(word)))} ({word})"
        for word in frequent_first(missed, data.counts)
    )
    return Figure(
        label, len(words) - len(missed), len(words), least=least, errors=errors
    )
