"""What ``manage.py check`` says about a URLconf: for the tests of checks."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import django
from django.core.checks import CheckMessage, run_checks
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tests.window import serve

SCRIPTS = "{% load parallel_routes django_htmx %}{% htmx_script %}{% parallel_routes_script %}"


def with_templates(settings: Any, sources: dict[str, str]) -> None:
    """Add templates, by name; all of them load our tags."""
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
    """Return all that our checks say about a project with these URLs, and these templates."""
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
    """A layout whose template nobody knows."""
    return HttpResponse(render_to_string("layout.html", kwargs, request))
