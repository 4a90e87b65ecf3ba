"""Runs ``manage.py slots``, as text or as JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import include, path, re_path

from django_parallel_routes import intercept, slot, slots
from tests.window import Pages, serve

DOCS = Path(__file__).resolve().parents[2] / "docs/reference/command.md"


def run(*args: str, encoding: str = "utf-8", **options: Any) -> str:
    """What the command prints."""
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    call_command("slots", *args, stdout=out, no_color=True, **options)
    out.seek(0)
    return out.read()


def explain(*args: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(run("--json", "--explain", *args))
    return said


def does(said: dict[str, Any]) -> dict[str, str]:
    return {row["address"]: row["action"] for row in said["slots"]}


def fired(said: dict[str, Any]) -> list[tuple[str, bool, str]]:
    return [(one["slot"], one["fires"], one["why"]) for one in said["interceptions"]]


@pytest.fixture
def gallery(settings: Any, pages: Pages) -> Pages:
    """Two walls, whose photos are shown in modals; one photo has no ``slots()`` around it."""
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
