"""Runs ``manage.py slots``, and returns text or values."""

from __future__ import annotations

import io
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import include, path, re_path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.client import Request
from django_parallel_routes.explain.dry_run import DryResponse, dry_run
from django_parallel_routes.explain.interceptions import reports_on
from django_parallel_routes.management.commands.slots import Command
from django_parallel_routes.protocol.state import HEADER
from django_parallel_routes.request.details import location_of
from tests.window import Pages, serve

DOCS = Path(__file__).resolve().parents[2] / "docs/reference/command.md"


def run(*args: str, **options: Any) -> str:
    """Return what the command prints."""
    out = io.StringIO()
    call_command("slots", *args, stdout=out, no_color=True, **options)
    return out.getvalue()


def explain(*args: str) -> dict[str, Any]:
    """Return the explanation of a URL, as values."""
    command = Command()
    options = command.create_parser("manage.py", "slots").parse_args(["--explain", *args])
    response, how = command.explain(**vars(options))
    interceptions = [one._asdict() for one in reports_on(response)]
    more = {"how": how, "notes": [*response.notes], "interceptions": interceptions}
    return said_of(response) | more


def said_of(response: DryResponse) -> dict[str, Any]:
    explanation = asdict(response.explanation) if response.explanation else {}
    return {
        "url": location_of(response.request).src,
        "method": response.request.method,
        "answer": {name: getattr(response, name) for name in ("kind", "why", "sentence", "url")},
        "slots": explanation.get("rows", ()),
        "checked": list(explanation.get("checked", ())),
        "views": list(response.views),
    }


def said_to(header: str, url: str, user: Any = None, method: str = "GET") -> dict[str, Any]:
    """Return the explanation of a request with this state header, or of a hard load without one."""
    headers = {"HX-Request": "true", HEADER: header} if header else {}
    response = dry_run(Request(method, f"http://testserver{url}", headers), user)
    return {**said_of(response), "interceptions": [one._asdict() for one in reports_on(response)]}


def does(said: dict[str, Any]) -> dict[str, str]:
    return {row["address"]: row["action"] for row in said["slots"]}


def fired(said: dict[str, Any]) -> list[tuple[str, bool, str]]:
    return [(one["slot"], one["fires"], one["why"]) for one in said["interceptions"]]


@pytest.fixture
def gallery(settings: Any, pages: Pages) -> Pages:
    """Return two pages whose photos open in modals. One of the photos is outside of ``slots()``."""
    wall = slots(
        "wall/",
        layout=pages.layout("wall layout", "{% slot %}{% slot 'modal' %}"),
        children=[path("", pages("wall"), name="wall")],
        modal=slot([intercept("gallery:photo", pages("modal"), opens="above")], default=None),
    )
    inner = [
        re_path(r"^tag/(?P<tag>\w+)/$", pages("tag"), name="tag"),
        path("feed/", pages("feed"), name="feed"),
        path("note/", pages("note")),
        wall,
    ]
    serve(
        settings,
        path("photo/<int:id>/", include(([path("", pages("photo"), name="photo")], "gallery"))),
        path("plain/", pages("plain"), name="plain"),
        path("raw/", pages("raw"), name="raw"),
        slots(
            "g/",
            layout=pages.layout("layout", "{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
            remember="url",
            children=[path("in/", include((inner, "pics"), namespace="here"))],
            side=slot(
                [path("side/", pages("side"))],
                default=pages("side default"),
                layout=pages.layout("tabs"),
                default_layout=pages.layout("other tabs"),
                unmatched="default",
                loading=pages("loading"),
                delivery="streamed",
                error="error.html",
                not_found="missing.html",
                test_func=lambda request: not request.user.is_superuser,
            ),
            modal=slot(
                [
                    intercept("gallery:photo", pages("lightbox"), origin=["here:feed"]),
                    intercept("raw", pages("raw modal"), background="here:feed"),
                    intercept("plain", pages("plain modal"), background=lambda request: None),
                ],
                layout=pages.layout("frame"),
                default_layout=None,
                default=None,
            ),
        ),
    )
    return pages
