"""The demo in the middle of a working day: something of everything on the desk."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from newsroom.articles.models import ArticlePage
from newsroom.corrections.models import Correction
from newsroom.demo import content
from newsroom.translation.desk.jobs import submit
from newsroom.translation.models import VersionState
from newsroom.translation.review.actions import hand_in
from newsroom.translation.segments import save_segment, segments_of
from scripts.screenshots.addresses import reader_addresses

DAM, NAURYZ, CLOCKS = (
    "kokaral-dam-ten-years",
    "nauryznama-2026",
    "single-time-zone-2024",
)
DAYS_WAITED = {DAM: 6, NAURYZ: 4, CLOCKS: 2}  # the others have waited for one
# What the original of DAM says anew, and what becomes of that in Russian.
NEW_WORDS = {
    "ал Арал балықшылары кәсібіне қайта оралды": "ал балықшылар теңізге қайта шықты",
    "Су да, балық та оралды": "Су да, балық та қайтып келді",
}
NEW_RUSSIAN = {
    "балықшылар теңізге": (
        "В августе 2005 года завершилось строительство Кокаральской плотины, которая "
        "удерживает воду Сырдарьи в Северном Арале. С тех пор уровень моря поднялся, "
        "вода стала менее соленой, а рыбаки снова вышли в море."
    ),
    "қайтып келді": "Вода и рыба вернулись",
}
CORRECTION = (
    "Мақаланың алғашқы нұсқасында балықшылардың кәсібіне қайта оралғаны айтылған "
    "еді. Нақтылаймыз: олар теңізге қайта шықты."
)
# The beginning of NAURYZ in English, by the beginning of its Kazakh.
ENGLISH = {
    "Наурызнама: 14": "Nauryznama: what the ten days from 14 to 23 March mean",
    "Наурызнама онкүндігі": (
        "The ten days of Nauryznama last from 14 to 23 March. The holiday has been "
        "kept in this form since 2024: every day has its own name and meaning."
    ),
    "Онкүндік Көрісу": (
        "The ten days begin with Korisu, the day of meeting. The custom of greeting "
        "one another after the winter has long been kept in the west of the country; "
        "now every region keeps it."
    ),
    "Наурызнама күнтізбесі": "The calendar of Nauryznama",
    "Әр күннің атауы": "The days and their names:",
    "14 наурыз": "14 March: Korisu, the day of meeting;",
    "15 наурыз": "15 March: the day of charity;",
    "16 наурыз": "17 March: the day of culture and customs;",  # the checks see it
}


def set_the_scene() -> dict[str, int | str]:
    """Bring the demo, just loaded, to a state that shows what the desk does. Return
    what addresses name: the numbers of translations, and readers' addresses."""
    _change_original()
    _hand_in_russian()
    _version(NAURYZ, "en", translator="translator-en", days=3)
    _version(CLOCKS, "ru", translator="translator-ru", days=-1)
    numbers: dict[str, int | str] = {
        "outdated": _version(DAM, "en").translation_id,
        "in_progress": _begin_english(),
    }
    _let_days_pass()
    return numbers | reader_addresses()


def _change_original() -> None:
    """Both translations of DAM are outdated from now on, and readers are told what
    has changed."""
    key = content.identifier("article", DAM)
    page = ArticlePage.objects.get(translation_key=key, locale__language_code="kk")
    for old, new in NEW_WORDS.items():
        page.lead = page.lead.replace(old, new)
        for block in page.body.raw_data:
            if block["type"] == "heading":
                block["value"] = block["value"].replace(old, new)
    Correction.objects.create(
        article=page, kind=Correction.Kind.CLARIFICATION, text=CORRECTION
    )
    page.save_revision().publish()


def _hand_in_russian() -> None:
    """One of them is up to date again, and waits for its editor."""
    version = _version(DAM, "ru", translator="translator-ru", days=1)
    _write(version, NEW_RUSSIAN, _user("translator-ru"), new_only=True)
    hand_in(version.translation, user=_user("translator-ru"))


def _begin_english() -> int:
    """NAURYZ is being translated; one of its dates has slipped. Return its number."""
    version = _version(NAURYZ, "en")
    submit(_user("editor"), {}, {"version": version.pk})
    version.refresh_from_db()
    _write(version, ENGLISH, _user("translator-en"))
    return version.translation_id


def _let_days_pass() -> None:
    """Let nothing have begun to wait at the moment when the demo was loaded."""
    for article in content.articles():
        days = DAYS_WAITED.get(article.id, 1)
        VersionState.objects.filter(
            translation_key=article.translation_key, waiting_since__isnull=False
        ).update(waiting_since=timezone.now() - timedelta(days=days))


def _write(
    version: VersionState, texts: dict[str, str], user: Any, new_only: bool = False
) -> None:
    """Translate the segments that *texts* names by words that stand in them."""
    for segment in segments_of(version.translation):
        for words, text in texts.items():
            if words in segment.source and not (new_only and segment.translation):
                save_segment(
                    version.translation,
                    segment.context,
                    segment.string,
                    text,
                    user=user,
                )


def _version(
    article: str, code: str, *, translator: str = "", days: int = 0
) -> VersionState:
    """The version of the article in a language, assigned if *translator* is given, to
    be ready in so many *days*."""
    versions = VersionState.objects.filter(
        translation_key=content.identifier("article", article),
        locale__language_code=code,
    )
    if translator:
        due = timezone.localdate() + timedelta(days=days)
        versions.update(translator=_user(translator), due=due)
    return versions.get()


def _user(name: str) -> Any:
    return get_user_model().objects.get(username=name)
