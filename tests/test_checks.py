"""System checks: each seeds its mistake, and says what to do."""

from __future__ import annotations

from typing import Any

from django.core.checks import run_checks
from django.core.checks.urls import check_url_config
from django.urls import include, path

from django_parallel_routes import intercept, slot, slots
from tests.window import Pages, layout, serve

pages = Pages()


def found(settings: Any, *rules: Any) -> list[tuple[str, str]]:
    serve(
        settings,
        path("plain/", pages("plain"), name="plain"),
        path(
            "g/",
            include(([path("photo/", pages("photo"), name="photo")], "app"), namespace="mine"),
        ),
        slots(
            "",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", pages("home"), name="home"), path("x/", pages("x"), name="x")],
            modal=slot(list(rules), default=None),
        ),
    )
    assert check_url_config(None) == []
    return [(message.id, message.msg) for message in run_checks() if "parallel" in message.id]


def test_good_rules_are_not_reported(settings: Any) -> None:
    rules = [
        intercept("x", origin="home", background="home"),
        intercept("plain", pages("m")),
        intercept("app:photo", pages("m"), background=lambda request: "/"),
        intercept("mine:photo", pages("m")),
    ]
    assert found(settings, *rules) == []


def test_names_of_no_route_are_reported(settings: Any) -> None:
    """DESIGN, issue 6: "unknown route names": a rule with a slip of the pen would never fire."""
    rule = intercept("photo", pages("m"), origin=["home", "hoem"], background="nowhere")
    assert found(settings, rule) == [
        ("parallel_routes.E001", "intercept('photo'): 'photo' is the name of no route."),
        ("parallel_routes.E001", "intercept('photo'): origin 'hoem' is the name of no route."),
        (
            "parallel_routes.E001",
            "intercept('photo'): background 'nowhere' is the name of no route.",
        ),
    ]


def test_a_document_in_a_slot_is_reported(settings: Any) -> None:
    [(code, message)] = found(settings, intercept("plain"))
    assert code == "parallel_routes.E002"
    assert "its own view is a whole document" in message


def test_missing_middleware_is_reported_where_it_is_needed(settings: Any) -> None:
    settings.MIDDLEWARE = [path for path in settings.MIDDLEWARE if "parallel" not in path]
    assert found(settings, intercept("x")) == []
    [(code, message)] = found(settings, intercept("plain", pages("m")))
    assert code == "parallel_routes.W001"
    assert "outside of every slots()" in message


def test_middleware_that_logins_need_is_reported(settings: Any) -> None:
    """B54: without it, a login within the layout would be followed softly."""
    login = "tests.test_http.LoginRequired"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, login]
    assert found(settings) == []
    settings.MIDDLEWARE = [path for path in settings.MIDDLEWARE if "parallel" not in path]
    [(code, message)] = found(settings)
    assert code == "parallel_routes.W002"
    assert "LoginRequiredMiddleware" in message
    settings.MIDDLEWARE = settings.MIDDLEWARE[:-1]
    assert found(settings) == []


def test_a_project_without_urls_has_nothing_to_check(settings: Any) -> None:
    settings.ROOT_URLCONF = None
    assert [message for message in run_checks() if "parallel" in message.id] == []
