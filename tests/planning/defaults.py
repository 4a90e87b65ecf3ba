"""A layout whose side slot has a default that is one of its routes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from django_parallel_routes import slot, slots
from tests.window import Pages, Window, serve

pages = Pages()
ALL = "{% slot %}{% slot 'side' %}"


def told(name: str) -> Any:
    """A page that tells its method and the URL that it is for."""

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{name}: {request.method} {request.get_full_path()}")

    return pages(name, answer)


def two(settings: Any, **options: Any) -> Window:
    """``d/ L{children "", a/; side: tickets/, more/, default tickets}``."""
    return serve(
        settings,
        slots(
            "d/",
            layout=pages.layout("layout", ALL),
            children=slot(
                [path("", told("home")), path("a/", told("a"))], default=told("children default")
            ),
            side=slot(
                [path("tickets/", told("tickets"), name="tickets"), path("more/", told("more"))],
                **{"default": "tickets", **options},
            ),
        ),
    )


def shown(window: Window, address: str = "side") -> tuple[str, str, str]:
    found = window.slots[address]
    return found.shows, found.src, found.text
