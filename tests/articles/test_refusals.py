"""Conversion of vetoes and errors to reasons that editors can read."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    ImproperlyConfigured,
    PermissionDenied,
    ValidationError,
)
from django.utils.translation import get_language, override

from newsroom.articles import refusals
from newsroom.articles.models import ArticlePage
from newsroom.articles.refusals import (
    PublicationRefused,
    Reason,
    in_every_language,
    invalid,
    objections,
    reasons_of,
    texts_of,
)

# A new page looks up its content type.
pytestmark = pytest.mark.django_db

A, B, C = Reason("a", "No lead."), Reason("b", "No picture."), Reason("c", "Late.")


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def test_objections_are_those_of_all_vetoes_in_order(monkeypatch):
    asked = []

    def veto(reasons):
        return lambda page: asked.append(page) or reasons

    monkeypatch.setattr(refusals, "vetoes", [veto([A, B]), veto([]), veto([C])])
    assert objections("page") == [A, B, C]
    assert asked == ["page"] * 3


def test_a_refusal_is_a_validation_error_with_its_codes_and_texts():
    error = PublicationRefused([A, B])
    assert isinstance(error, ValidationError)
    assert error.reasons == [A, B]
    assert error.messages == ["No lead.", "No picture."]
    assert [one.code for one in error.error_list] == ["a", "b"]


def test_a_refusal_gives_its_own_reasons():
    assert reasons_of(PublicationRefused([A, B])) == [A, B]


def test_a_validation_error_without_fields_gives_a_reason_for_each_message():
    error = ValidationError(["One.", "Two."])
    assert reasons_of(error) == [Reason("invalid", "One."), Reason("invalid", "Two.")]


def test_field_errors_give_code_and_label_of_the_field():
    error = ValidationError(
        {
            "slug": ["Taken.", "Too long."],
            "search_description": "Empty.",
            "nothing": "Unknown.",
            NON_FIELD_ERRORS: "All wrong.",
        }
    )
    page = ArticlePage()
    assert reasons_of(error, page) == [
        Reason("invalid:slug", "Slug: Taken."),
        Reason("invalid:slug", "Slug: Too long."),
        Reason("invalid:search_description", "Meta description: Empty."),
        Reason("invalid:nothing", "nothing: Unknown."),
        Reason(f"invalid:{NON_FIELD_ERRORS}", "All wrong."),
    ]
    assert [one.text for one in reasons_of(error)] == [
        "Taken.",
        "Too long.",
        "Empty.",
        "Unknown.",
        "All wrong.",
    ]


def test_a_relation_without_a_label_is_named_like_its_field():
    """Relations that point at the page have no ``verbose_name``."""
    error = ValidationError({"sites_rooted_here": "Wrong."})
    assert reasons_of(error, ArticlePage()) == [
        Reason("invalid:sites_rooted_here", "Sites_rooted_here: Wrong.")
    ]


def test_a_missing_permission_and_an_unexpected_error_give_general_reasons():
    assert reasons_of(PermissionDenied("secret")) == [
        Reason("permission", "You may not publish it.")
    ]
    text = "Something went wrong; the site's log has the details."
    assert reasons_of(ZeroDivisionError("secret")) == [
        Reason("error:ZeroDivisionError", text)
    ]
    assert reasons_of(ImproperlyConfigured()) == [
        Reason("error:ImproperlyConfigured", text)
    ]


def test_a_page_is_invalid_if_its_validation_fails():
    errors = []

    def full_clean():
        if errors:
            raise errors[0]

    page = SimpleNamespace(full_clean=full_clean, _meta=ArticlePage._meta)
    assert invalid(page) == []
    errors.append(ValidationError({"lead": "Empty."}))
    assert invalid(page) == [Reason("invalid:lead", "Lead: Empty.")]
    errors[0] = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        invalid(page)


def test_reasons_are_collected_and_stored_in_each_language_of_the_site():
    found = in_every_language(lambda: [Reason("a", get_language()), B])
    assert found == {code: [Reason("a", code), B] for code in ("kk", "ru", "en")}
    assert get_language() == "en"
    assert texts_of(found) == {
        code: [code, "No picture."] for code in ("kk", "ru", "en")
    }
