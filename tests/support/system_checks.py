"""Runs ``manage.py check`` on a URLconf, for the tests of checks."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import django
from django.core.checks import CheckMessage, run_checks
from django.core.checks.urls import check_url_config
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import include, path, re_path

from django_parallel_routes import slot, slots
from tests.window import Pages, layout, serve

LAYOUT = "layout.html"
SCRIPTS = "{% load parallel_routes django_htmx %}{% htmx_script %}{% parallel_routes_script %}"


def with_templates(settings: Any, sources: dict[str, str]) -> None:
    """Add templates by name. All of them load the tags of the package."""
    tags = "{% load parallel_routes %}"
    named = {
        name: source if source.startswith("{% extends") else tags + source
        for name, source in sources.items()
    }
    loaders: list[Any] = [
        ("django.template.loaders.locmem.Loader", named),
        "django.template.loaders.app_directories.Loader",
    ]
    if django.VERSION < (6,):
        loaders = [("template_partials.loader.Loader", loaders)]
    engines = deepcopy(settings.TEMPLATES)
    engines[0]["APP_DIRS"] = False
    engines[0]["OPTIONS"]["loaders"] = loaders
    settings.TEMPLATES = engines


def messages(
    settings: Any, *patterns: Any, templates: dict[str, str] | None = None, tags: Any = None
) -> list[CheckMessage]:
    """Return the messages of the package's checks for these URLs and templates."""
    if templates is not None:
        with_templates(settings, templates)
    serve(settings, *patterns)
    return [message for message in run_checks(tags=tags) if "parallel" in message.id]


def said(
    settings: Any, *patterns: Any, templates: dict[str, str] | None = None
) -> list[tuple[str, str]]:
    """Return the number and the text of each message."""
    found = messages(settings, *patterns, templates=templates)
    return [(message.id.rpartition(".")[2], message.msg) for message in found]


def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse("a view")


def other(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse("another view")


def third(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse("a third view")


def a_layout(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """A layout whose template the checks can't know."""
    return HttpResponse(render_to_string(LAYOUT, kwargs, request))


def site(layout: Any = "l.html", **named: Any) -> Any:
    """Return a ``slots()`` with the slots children and side."""
    children = named.pop("children", [path("", view, name="home")])
    side = named.pop("side", slot([], default=other))
    return slots("", layout=layout, children=children, side=side, **named)


def layouts(settings: Any, source: str, *patterns: Any, **others: str) -> list[tuple[str, str]]:
    """Return the messages for a layout with this source. Other sources are those of ``{name}.html``."""
    templates = {f"{name}.html": text for name, text in others.items()}
    source = source if source.startswith("{% extends") else SCRIPTS + source
    return said(settings, *(patterns or [site()]), templates={**templates, "l.html": source})


def said_of_interceptions(settings: Any, *rules: Any) -> list[tuple[str, str]]:
    """Return the messages for a slot with these interceptions, in a site with routes to intercept."""
    pages = Pages()
    found = said(
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
    return found


def gallery(rules: list[Any]) -> list[Any]:
    """Return URL patterns with photos and albums, and a slot with these interceptions."""
    return [
        slots(
            "",
            layout=a_layout,
            children=[
                path("", view, name="home"),
                path("photos/<int:pk>/", view, name="photo"),
                path("others/<int:pk>/", other, name="other"),
                path("extra/<int:pk>/", other, {"more": 1}, name="extra"),
                path("albums/<int:album>/", other, name="album"),
                re_path(r"^old/(?P<pk>\d+)/$", other, name="old"),
                re_path(r"^unnamed/(\d+)/$", other, name="unnamed"),
            ],
            modal=slot(rules, default=None),
        ),
        path("elsewhere/<int:pk>/", other, name="elsewhere"),
    ]
