"""What all system checks have in common: ids, hints, docs, tags, and code that they can't read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning as CheckWarning, run_checks
from django.urls import URLPattern, include, path, re_path, register_converter

from django_parallel_routes import checks as package, intercept, slot, slots
from tests.support.system_checks import (
    a_layout,
    messages,
    other,
    said,
    third,
    view,
)
from tests.window import serve

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "checks.md"


def test_every_check_has_a_section_in_the_docs_and_says_so() -> None:
    """So that a message leads to an example of the mistake and its remedy."""
    sources = Path(package.__file__).parent.glob("*.py")
    text = "\n".join(source.read_text() for source in sources)
    used = set(re.findall(r'"([EW]\d{3})"', text)) - {"W001"}  # the example of a docstring
    sections = re.findall(r"^## `parallel_routes\.([EW]\d{3})`", DOCS.read_text(), re.MULTILINE)
    assert sections == sorted(used)


def test_a_message_says_what_to_do_and_where_that_is_explained(settings: Any) -> None:
    [message] = messages(
        settings, slots("", layout=a_layout, children=[intercept("nope"), path("", view)])
    )
    assert str(message).startswith("tests/checks/test_project.py, line ")
    assert message.id == "parallel_routes.E001"
    assert "Give a name that reverse() takes" in (message.hint or "")
    assert 'See "System checks" in the documentation.' in (message.hint or "")


def test_the_example_has_nothing_to_report(settings: Any) -> None:
    settings.ROOT_URLCONF = "example_project.urls"
    settings.INSTALLED_APPS = [
        *settings.INSTALLED_APPS,
        *(f"example_project.{name}" for name in ("site", "dashboard", "gallery", "status")),
    ]
    assert run_checks() == []


def test_checks_run_by_tag(settings: Any) -> None:
    """``manage.py check --tag urls``, ``--tag templates``."""
    site = slots("", layout="l.html", children=[path("", view)], side=[path("x/", view)])
    templates = {"l.html": "no slot"}
    of_urls = messages(settings, site, templates=templates, tags=[Tags.urls])
    assert {message.id[-4:] for message in of_urls} == {"W005"}
    of_templates = messages(settings, site, templates=templates, tags=[Tags.templates])
    assert {message.id[-4:] for message in of_templates} == {"W003"}


def test_a_project_without_urls_has_nothing_to_check(settings: Any) -> None:
    settings.ROOT_URLCONF = None
    assert [message for message in run_checks() if "parallel" in message.id] == []


class Unhashable:
    """A view, or a background, that can't be the key of a dictionary."""

    __hash__ = None  # type: ignore[assignment]

    def __call__(self, request: Any, **kwargs: Any) -> Any:
        return None


class Endless:
    """A converter that raises, such as one whose database is down."""

    regex = r"[0-9]+"

    def to_python(self, value: str) -> str:
        raise RuntimeError("the database is not there")

    def to_url(self, value: str) -> str:
        raise RuntimeError("the database is not there")


register_converter(Endless, "endless")


class Rare:
    regex = r"x{17}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Rare, "rare")


def test_routes_without_examples_are_skipped(settings: Any) -> None:
    site = slots("s/", layout=a_layout, children=[path("<rare:x>/", view), path("", view)])
    assert said(settings, site, path("<rare:x>/", other)) == []


def test_failing_code_of_the_project_is_not_reported(settings: Any) -> None:
    class Resolver(type(path("", include([])))):  # type: ignore[misc]
        def resolve(self, path: str) -> Any:
            raise RuntimeError("somebody's own")

    theirs = path("t/", include([path("x/", view)]))
    theirs.__class__ = Resolver
    site = slots(
        "s/",
        layout=a_layout,
        children=[path("<endless:x>/", view, name="x"), re_path(r"^(\d+|x)/$", other), theirs],
        side=slot([intercept("x", third, background=Unhashable())], default=None),
    )
    assert said(settings, theirs, site, path("y/", view, name="y")) == []


def test_a_converter_that_fails_does_no_harm_where_its_route_is_compared(settings: Any) -> None:
    site = slots("", layout=a_layout, children=[path("7/", view)])
    endless = path("<endless:x>/", other)
    [(code, _)] = said(settings, path("7/", other), endless, site)
    assert code == "W009"
    numbers = slots("", layout=a_layout, children=[path("<int:x>/", view)])
    assert said(settings, re_path(r"^[0-9]+/$", other), endless, numbers) == []
    beside = slots("", layout=a_layout, children=[endless, path("7/", other)])
    [(code, text)] = said(settings, beside, path("7/", view))
    assert (code, "such URLs show /7/ (" in text) == ("W009", True)


class Shouted:
    """A pattern class of the project."""

    regex = re.compile("")
    name = None

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, str]] | None:
        return ("", (), {}) if path.isupper() else None

    def check(self) -> list[CheckMessage]:
        return []

    def __str__(self) -> str:
        return "<shouted>"


def test_pattern_classes_of_the_project_are_skipped(settings: Any) -> None:
    shouted = URLPattern(Shouted(), other)
    site = slots(
        "", layout=a_layout, children=[path("", view), shouted], side=slot([shouted], default=None)
    )
    assert said(settings, path("X/", third), site) == []


def test_objects_that_are_no_patterns_are_skipped(settings: Any) -> None:
    class Odd:
        pattern = ""

        def resolve(self, path: str) -> None:
            return None

        def check(self) -> list[CheckMessage]:
            return []

    site = slots("s/", layout=a_layout, children=[path("", view)])
    serve(settings, Odd(), site)
    assert package.check_urls(None) == []


def test_mistakes_that_always_fail_are_errors() -> None:
    """The letter of an id says its level."""
    assert isinstance(package.project.message("E001", "", ""), Error)
    assert isinstance(package.project.message("W001", "", ""), CheckWarning)
