"""A page with a slot that fails, and what is shown in its place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from django_parallel_routes import slot, slots
from tests.window import Pages, Window, layout, serve

PAGE = "<html><head><title>L</title></head><body>{% slot %}{% slot 'side' %}</body></html>"
FAILED = layout("failed {{ status_code }} {{ exception }} {{ team }}")
NOTHING = layout("nothing {{ status_code }} {{ exception }}")


def fails(exception: Any = None) -> Any:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        raise exception or ValueError("broken & beaten")

    return view


async def fails_async(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise ValueError("broken & beaten")


def site(
    settings: Any, pages: Pages, side: Any, *, children: Any = None, **options: Any
) -> Window:
    """``L{children: "", x/; side: side at "" and x/}``."""
    return serve(
        settings,
        slots(
            "",
            layout=layout(PAGE),
            children=children or [path("", pages("home")), path("x/", pages("x"))],
            side=slot([path("", side), path("x/", side)], default=None, **options),
        ),
        client=Client(raise_request_exception=False),
    )
