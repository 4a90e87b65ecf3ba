"""Patterns over HTML take time in proportion to its length, whatever it is (B53).

Each input would take minutes, or for ever, if a part of it were tried in several ways or looked at from
each of its characters.
"""

from __future__ import annotations

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from django_parallel_routes.http.responses import streamed_response
from django_parallel_routes.rendering.fragments import split_title, with_title
from django_parallel_routes.rendering.markup import is_document
from django_parallel_routes.rendering.template_context import (
    Live,
    with_live_values,
    with_plain_values,
)

MANY = 100_000


def live(value: str = "docs") -> str:
    """What a template prints of ``{% selected_segment %}``."""
    return Live(value, "selected-segment", "team").__html__()


LIVE = 'docs<template data-pr-selected-segment="team" data-pr-length="4"></template>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<!-- a -->" * 60 + "<p>", False),
        ("<!-- a --> \n" * MANY + "<p>", False),
        ("<!-- a -->" * MANY + "<!DOCTYPE html>", True),
        (" " * MANY + "<html>", True),
        ("<!--" * MANY, False),
        ("<!-- never closed <html>", False),
        ("<!-- a --> <!-- > <html> --> <section>", False),
        ("<!----><body>", True),
        ("<htmlx>", False),
    ],
)
def test_a_document_is_known_by_its_beginning(html: str, expected: bool) -> None:
    """In linear time: a regular expression took 5.6 s for 24 comments, and twice as long for each more."""
    assert is_document(html) is expected


@pytest.mark.parametrize("unit", ["<title>", " ", "<title>x</title"])
def test_a_title_that_never_ends_is_none(unit: str) -> None:
    """S49: what a view has rendered stays as it is."""
    assert split_title(unit * MANY) == (unit * MANY, "")


UNITS = [
    *("<!--", "<!-- a -->", "<a ", "<a '", '<a b="', "<a = ", "<", "</a", "<!", "=\"'"),
    *("<script>", "<title>", "<title></title ", "<textarea></title>", "<option>'", "<!--live:"),
]


@pytest.mark.parametrize("unit", UNITS)
def test_live_values_are_found_in_html_of_any_kind(unit: str) -> None:
    """S48: the first one stands in text, whatever follows it and is never closed."""
    assert with_live_values(live() + unit * MANY).startswith(LIVE + unit)
    assert with_live_values(unit * MANY + live()).startswith(unit)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<p>", "</p>", LIVE),
        ("<!-- a --><p>", "", LIVE),
        ("<!--><p>", "", LIVE),
        ("<!---><p>", "", LIVE),
        ("<!-- a --!><p>", "", LIVE),
        ('<a title="', '">', "docs"),
        ("<a title='>", "'>", "docs"),
        ("<a title = '>", "'>", "docs"),
        ('<a title="never closed>', "", "docs"),
        ("<a title=", ">", "docs"),
        ("<a ", "", "docs"),
        ("<a it's><p>", "</p>", LIVE),
        ("<a href=/it's><p>", "</p>", LIVE),
        ("<a title='a' b=\"c\"><p>", "", LIVE),
        ("<title>", "</title>", "docs"),
        ("<title>", "", "docs"),
        ("<title>a</title ><p>", "", LIVE),
        ("<titled>", "", LIVE),
        ("<!-- ", " -->", "docs"),
        ("<!-- ", "", "docs"),
        ("a < b", "", LIVE),
    ],
)
def test_a_live_value_stays_true_only_in_text(before: str, after: str, expected: str) -> None:
    """S48: in attributes, raw text and comments the value alone is printed, as a browser reads HTML."""
    assert with_live_values(before + live() + after) == before + expected + after


def test_values_in_other_answers_are_plain() -> None:
    """S48: an error page, JSON, a mail: the value alone."""
    assert with_plain_values("<!--" * MANY + live()) == "<!--" * MANY + "docs"


@pytest.mark.parametrize("unit", ["<title>", "<title>x</title", "</title>", "</head"])
def test_a_pages_title_is_set_whatever_its_head_is(unit: str) -> None:
    """S49: a title that is never closed is not the layout's."""
    page = with_title(unit * MANY + "</head>", "Docs")
    assert (
        page == f'{unit * MANY}<title>Docs</title><template data-pr-layout=""></template></head>'
    )


def streamed(html: str) -> str:
    """A page that goes on with one slot."""
    answer = streamed_response(HttpResponse(html), iter(["late"]))
    assert isinstance(answer, StreamingHttpResponse)
    return b"".join(answer).decode()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "unit",
    [
        *("</body", "</body>", "</body  ", '<script src="', '<script src="django_htmx/ defer'),
        '<script src="a" defer></script>',
    ],
)
def test_a_page_may_be_streamed_whatever_it_is(unit: str) -> None:
    """S43: what follows the last end of the body, if there is one, comes last."""
    page = streamed(unit * MANY)
    assert page.count(unit.strip()) == MANY
    is_end = unit == "</body>"
    assert page.endswith("</body>" if is_end else "<template data-pr-arrived></template>")


def test_scripts_of_a_streamed_page_start_before_its_slots() -> None:
    """S43: htmx before ours; a deferred one that isn't known stays where it is."""
    ours = '<script src="/s/django_parallel_routes/a.js" nonce="n" defer></script>'
    htmx = '<script src="/s/django_htmx/b.js" defer data-x></script>'
    own = '<script src="/s/own.js" defer></script><script src="/s/django_htmx/c.js"></script>'
    page = streamed(f"<head>{ours}{own}{htmx}</head><body></body>")
    started = f"{htmx}{ours}".replace(" defer", "")
    marker = "<template data-pr-arrived></template>"
    assert page.startswith(f"<head>{own}</head><body>{marker}{started}<template data-pr-fragment>")
