"""State of the demo in the screenshots: a translation desk with work in every state."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from newsroom.articles.models import ArticlePage
from newsroom.corrections.models import Correction
from newsroom.demo import content
from newsroom.translation.desk.jobs import submit
from newsroom.translation.models import TranslationStatus
from newsroom.translation.review.actions import hand_in
from newsroom.translation.segments import save_segment, segments_of
from scripts.screenshots.addresses import reader_addresses

DAM, NAURYZ, CLOCKS = (
    "kokaral-dam-ten-years",
    "nauryznama-2026",
    "single-time-zone-2024",
)
DAYS_WAITED = {DAM: 6, NAURYZ: 4, CLOCKS: 2}  # the others have waited for one day
# Changed words of DAM's original, and their translation into Russian.
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
# English translations of segments of NAURYZ, by the beginning of the Kazakh source.
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
    "16 наурыз": "17 March: the day of culture and customs;",  # wrong, for the checks
}


def set_the_scene() -> dict[str, int | str]:
    """Change the newly loaded demo so that the desk shows every kind of work.

    Returns the values for placeholders in URLs: primary keys of translations, and the
    URLs of public pages.
    """
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
    """Change the original of DAM, so that both translations are outdated.

    A correction tells readers what has changed.
    """
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
    """Update the Russian translation, and submit it to its editor."""
    version = _version(DAM, "ru", translator="translator-ru", days=1)
    _write(version, NEW_RUSSIAN, _user("translator-ru"), new_only=True)
    hand_in(version.translation, user=_user("translator-ru"))


def _begin_english() -> int:
    """Begin the translation of NAURYZ with one wrong date; return its primary key."""
    version = _version(NAURYZ, "en")
    submit(_user("editor"), {}, {"version": version.pk})
    version.refresh_from_db()
    _write(version, ENGLISH, _user("translator-en"))
    return version.translation_id


def _let_days_pass() -> None:
    """Move the start of the waiting times to the past, so that they vary."""
    for article in content.articles():
        days = DAYS_WAITED.get(article.id, 1)
        TranslationStatus.objects.filter(
            translation_key=article.translation_key, waiting_since__isnull=False
        ).update(waiting_since=timezone.now() - timedelta(days=days))


def _write(
    version: TranslationStatus, texts: dict[str, str], user: Any, new_only: bool = False
) -> None:
    """Translate the segments whose source contains a key of *texts*."""
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
) -> TranslationStatus:
    """Return the version of the article in a language.

    If *translator* is given, the version is assigned, with a deadline in *days* days.
    """
    versions = TranslationStatus.objects.filter(
        translation_key=content.identifier("article", article),
        locale__language_code=code,
    )
    if translator:
        due = timezone.localdate() + timedelta(days=days)
        versions.update(translator=_user(translator), due=due)
    return versions.get()


def _user(name: str) -> Any:
    return get_user_model().objects.get(username=name)
