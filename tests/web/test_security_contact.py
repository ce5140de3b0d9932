"""security.txt: RFC 9116."""

from datetime import UTC, datetime

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.web.security_contact import security_contact


def configured(**variables: str) -> dict:
    env = environ.Env()
    env.ENVIRON = variables
    return security_contact(env)


def test_there_is_none_without_a_contact(client, db):
    assert configured() == configured(SECURITY_CONTACT=" , ") == {}
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_file_names_contacts_expiry_and_languages(client, settings, db):
    settings.WAGTAILADMIN_BASE_URL = "https://a.kz/"
    settings.SECURITY_TXT = configured(
        SECURITY_CONTACT="security@a.kz,https://a.kz/report,tel:+7-727-000-00-00",
        SECURITY_CONTACT_EXPIRES="2027-06-30",
        SECURITY_POLICY_URL="https://a.kz/policy",
    )
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text == (
        "Contact: mailto:security@a.kz\n"
        "Contact: https://a.kz/report\n"
        "Contact: tel:+7-727-000-00-00\n"
        "Expires: 2027-06-30T23:59:59Z\n"
        "Preferred-Languages: kk, ru, en\n"
        "Canonical: https://a.kz/.well-known/security.txt\n"
        "Policy: https://a.kz/policy\n"
    )
    assert not answer.cookies
    assert client.post("/.well-known/security.txt").status_code == 405


def test_the_day_of_expiry_counts():
    known = configured(
        SECURITY_CONTACT="security@a.kz", SECURITY_CONTACT_EXPIRES="2027-06-30"
    )
    assert known["expires"] == datetime(2027, 6, 30, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "variables",
    [
        {"SECURITY_CONTACT_EXPIRES": ""},
        {"SECURITY_CONTACT_EXPIRES": "soon"},
        {"SECURITY_CONTACT_EXPIRES": "2027-02-30"},
        {"SECURITY_CONTACT": "nobody"},
        {"SECURITY_CONTACT": "http://a.kz/report"},
        {"SECURITY_CONTACT": "javascript:x@a.kz"},
        {"SECURITY_CONTACT": "x@a.kz\nContact: mailto:evil@b.kz"},
        {"SECURITY_POLICY_URL": "http://a.kz/policy"},
        {"SECURITY_POLICY_URL": "https://a.kz/\nContact: mailto:evil@b.kz"},
    ],
)
def test_what_no_researcher_could_use_stops_the_start(variables):
    given = {
        "SECURITY_CONTACT": "security@a.kz",
        "SECURITY_CONTACT_EXPIRES": "2027-06-30",
    }
    with pytest.raises(ImproperlyConfigured):
        configured(**given | variables)
