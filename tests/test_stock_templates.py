"""The stock templates: loading.html, error.html, not_found.html (S43, S44, S45)."""

from __future__ import annotations

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test.html import Element, parse_html


def shown(name: str, **context: object) -> str:
    return render_to_string(f"django_parallel_routes/{name}.html", context)


def root(html: str) -> Element:
    element = parse_html(html)
    assert element.name == "div", "one element, so that it can be styled and placed as a whole"
    return element


@pytest.mark.parametrize(
    ("name", "role"), [("loading", "status"), ("error", "alert"), ("not_found", "alert")]
)
def test_each_is_one_element_that_is_announced(name: str, role: str) -> None:
    """S43, S44, B63: loading politely, as a status; what has failed at once."""
    assert ("role", role) in root(shown(name, status_code=500)).attributes


@pytest.mark.parametrize("name", ["loading", "error", "not_found"])
def test_none_has_inline_styles_or_scripts(name: str) -> None:
    """B55."""
    html = shown(name, status_code=500)
    assert "style=" not in html
    assert "<script" not in html


def test_loading_says_so_to_those_who_do_not_see_it() -> None:
    """S43: the bars are decoration."""
    assert "Loading…" in shown("loading")


@pytest.mark.parametrize("status_code", [400, 404, 410, 500, 503])
def test_an_error_offers_to_try_again(status_code: int) -> None:
    """S44: "with a retry", which without JavaScript is a reload."""
    html = shown("error", status_code=status_code)
    assert "This could not be loaded." in html
    assert '<a href="" data-pr-retry>Try again</a>' in html


def test_a_refusal_does_not() -> None:
    """S44: trying again would not help."""
    html = shown("error", status_code=403)
    assert "You may not see this." in html
    assert "data-pr-retry" not in html


def test_the_not_found_template_says_so() -> None:
    """S45."""
    html = shown("not_found", status_code=404)
    assert "There is nothing here." in html
    assert "data-pr-retry" not in html


def test_an_exception_is_not_told_to_everybody() -> None:
    """S44: it may say what nobody outside should read."""
    for name in ("error", "not_found"):
        assert "secret" not in shown(name, status_code=500, exception=ValueError("secret"))


def test_they_can_be_extended() -> None:
    template = engines["django"].from_string(
        '{% extends "django_parallel_routes/error.html" %}{% block message %}Oh dear.{% endblock %}'
    )
    html = template.render({"status_code": 500})
    assert "Oh dear." in html
    assert "Try again" in html
