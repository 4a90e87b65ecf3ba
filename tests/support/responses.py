"""Views that set headers, and a page of two slots that show them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
)
from django.urls import path

from django_parallel_routes import slot, slots
from tests.window import HEADER, Window, layout, serve

ALL = "{% slot %}{% slot 'side' %}"
NAMES = {"HX-Request", "HX-History-Restore-Request", HEADER}


def answering(**headers: str) -> Callable[..., HttpResponse]:
    """Return a view whose response has these headers. An underscore stands for a hyphen."""

    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        return HttpResponse("view", headers=said)

    return view


plain = answering()


def two(settings: Any, home: Any = plain, side: Any = plain, root: Any = None) -> Window:
    """``L{children: home at "", plain at x/; side: side at "", else empty}``."""
    return serve(
        settings,
        slots(
            "",
            layout=root or layout(ALL),
            children=[path("", home), path("x/", plain)],
            side=slot([path("", side)], default=None),
        ),
    )


def hard_and_soft(window: Window, url: str = "/", **kwargs: Any) -> list[Any]:
    """Return the responses to a document load, and to a soft navigation from ``x/``."""
    hard = window.client.get(url, **kwargs)
    window.hard("/x/")
    return [hard, window.soft(url, **kwargs)]


def varies(response: Any) -> set[str]:
    return {name.strip() for name in response.get("Vary", "").split(",") if name.strip()}
