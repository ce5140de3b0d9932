"""Every list of the admin that is sorted by names or titles follows the alphabet."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Workflow
from wagtail.users.models import UserProfile

from newsroom.translation.desk.filters import sections, translators
from newsroom.translation.models import TranslationStatus
from tests.factories import make_article, make_section

# By code points: Nomad, Абай, Бөкей, Шымкент, Ясауи, Ұлытау, Қазақ, әл-Фараби, «Үміт».
IN_ORDER = [
    "Nomad",
    "Абай",
    "әл-Фараби",
    "Бөкей",
    "Қазақ",
    "Ұлытау",
    "«Үміт»",
    "Шымкент",
    "Ясауи",
]


def shown(answer) -> list[str]:
    """Return the names of IN_ORDER that a list shows, in its order."""
    rows = answer.context["object_list"]
    names = [
        getattr(row, "title", None) or getattr(row, "name", str(row)) for row in rows
    ]
    return [name for name in names if name in IN_ORDER]


@pytest.fixture
def section(homes):
    section = make_section(homes["kk"])
    for name in reversed(IN_ORDER):
        make_article(section, title=name, slug=f"a{IN_ORDER.index(name)}")
    return section


@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/{section}/?ordering={sign}title",
        "/admin/pages/search/?ordering={sign}title",
        "/admin/pages/search/?q=мақала&ordering={sign}title",
        "/admin/pages/{section}/?q=мақала&ordering={sign}title",
    ],
)
def test_lists_of_pages_follow_the_alphabet(homes, admin_client, address):
    section = make_section(homes["kk"])
    names = [f"{name} мақала" for name in IN_ORDER]
    for number, name in enumerate(reversed(names)):
        make_article(section, title=name, slug=f"a{number}")
    for sign, expected in [("", names), ("-", names[::-1])]:
        answer = admin_client.get(address.format(section=section.pk, sign=sign))
        assert answer.status_code == 200
        titles = [page.title for page in answer.context["object_list"]]
        assert [title for title in titles if title in names] == expected


def test_lists_of_documents_workflows_and_users_follow_the_alphabet(admin_client):
    for name in reversed(IN_ORDER):
        get_document_model().objects.create(
            title=name, file=ContentFile(b"text", name=f"{IN_ORDER.index(name)}.txt")
        )
        Workflow.objects.create(name=name)
        number = IN_ORDER.index(name)
        User.objects.create_user(f"u{number}", last_name=name)
    for address in ("/admin/documents/?ordering=", "/admin/workflows/list/?ordering="):
        name = "title" if "documents" in address else "name"
        assert shown(admin_client.get(f"{address}{name}")) == IN_ORDER
        assert shown(admin_client.get(f"{address}-{name}")) == IN_ORDER[::-1]
    for sign, expected in [("", IN_ORDER), ("-", IN_ORDER[::-1])]:
        rows = admin_client.get(f"/admin/users/?ordering={sign}name").context
        names = [user.last_name for user in rows["object_list"]]
        assert [name for name in names if name] == expected


def test_groups_are_sorted_by_the_names_that_are_shown(admin_client, admin_user):
    UserProfile.objects.create(user=admin_user, preferred_language="kk")
    Group.objects.create(name="Әрлеушілер")
    Group.objects.create(name="Ясауи қоры")
    lists = {}
    for sign in ("", "-"):
        answer = admin_client.get(f"/admin/groups/?ordering={sign}name")
        soup = BeautifulSoup(answer.content, "html.parser")
        links = soup.select("td.title .title-wrapper a")
        lists[sign] = [link.get_text(strip=True) for link in links]
    names = lists[""]
    assert len(names) == Group.objects.count()
    # "Translators: kk" is shown as «Аудармашылар: Қазақша».
    expected = [
        "Аудармашылар: Ағылшынша",
        "Аудармашылар: Қазақша",
        "Аудармашылар: Орысша",
        "Әрлеушілер",
        "Жаңалықтар редакторлары",
        "Ясауи қоры",
    ]
    assert [name for name in names if name in expected] == expected
    assert lists["-"] == names[::-1]


def test_a_search_among_names_in_an_order_is_answered(admin_client, homes):
    answer = admin_client.get("/admin/snippets/articles/person/?q=а&ordering=-name")
    assert answer.status_code == 200


def test_the_desk_sorts_headlines_as_the_alphabet_does(section, admin_client):
    for sign, expected in [("", IN_ORDER), ("-", IN_ORDER[::-1])]:
        answer = admin_client.get(f"/admin/translation-desk/?ordering={sign}headline")
        rows = answer.context["object_list"]
        assert [row.headline for row in rows] == expected


def test_the_choices_of_the_desk_follow_the_alphabet(homes):
    for number, name in enumerate(reversed(IN_ORDER)):
        make_section(homes["kk"], title=name, slug=f"s{number}")
        user = User.objects.create_user(f"t{number}", first_name=name)
        TranslationStatus.objects.create(
            translation_key=uuid4(),
            locale=homes["kk"].locale,
            source_locale=homes["kk"].locale,
            translator=user,
        )
    assert [name for _key, name in sections()] == IN_ORDER
    assert [name for _key, name in translators()] == IN_ORDER


def test_actions_on_chosen_articles_name_them_in_the_same_order(
    section, admin_client, locales
):
    states = TranslationStatus.objects.originals()
    numbers = "&".join(f"article={state.pk}" for state in states)
    answer = admin_client.get(f"/admin/translation-desk/submit/?{numbers}")
    text = answer.content.decode()
    places = [text.index(name) for name in IN_ORDER]
    assert places == sorted(places)
