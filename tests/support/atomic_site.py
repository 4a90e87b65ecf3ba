"""Pages whose slots write into a database with ``ATOMIC_REQUESTS``: SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path

from django_parallel_routes import slot, slots
from tests.models import Note
from tests.window import Window, layout, serve as serve_to

View = Callable[..., HttpResponse]
ALL = "{% slot %}{% slot 'side' %}{% slot 'more' %}"
KINDS = ["hard", "soft", "refresh"]


def written() -> set[str]:
    """Return the names of the notes that a request has committed."""
    assert not connection.in_atomic_block
    return set(Note.objects.exclude(name="taken").values_list("name", flat=True))


def writes(name: str) -> View:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        Note.objects.create(name=name)
        return HttpResponse(f"wrote {name}")

    return view


def violate(name: str) -> None:
    """Write a note, and then another that the database refuses."""
    Note.objects.create(name=name)
    Note.objects.create(name="taken")


def violates(request: HttpRequest) -> HttpResponse:
    violate("side")
    raise AssertionError("The database has accepted the same name twice")


def violates_as_it_is_rendered(request: HttpRequest) -> TemplateResponse:
    """Use the database while the template is rendered, as lazy querysets do."""
    template = engines["django"].from_string("{{ violate }}")
    return TemplateResponse(request, template, {"violate": lambda: violate("side")})


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("nothing")


def loading(request: HttpRequest) -> HttpResponse:
    return HttpResponse("…")


def failed(request: HttpRequest, exception: Exception | None, **kwargs: Any) -> HttpResponse:
    return HttpResponse(f"failed: {type(exception).__name__}")


FAILING = pytest.mark.parametrize(
    "view", [violates, violates_as_it_is_rendered], ids=["in-view", "in-template"]
)


def serve(settings: Any, *patterns: Any) -> Window:
    """Serve to a client that, like a browser, learns of errors only from the response."""
    return serve_to(settings, *patterns, client=Client(raise_request_exception=False))


def three_slots(settings: Any, kind: str, view: View, **options: Any) -> Window:
    """``L{children, side, more}``: ``side`` is the view, with these options. The other slots write.

    Use ``ask()`` with the same kind of request.
    """
    if kind == "refresh":
        options["loading"] = loading
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", writes("home")), path("before/", nothing)],
            side=slot([path("", view)], default=nothing, **options),
            more=slot([path("", writes("more"))], default=nothing),
        ),
    )
    return window


def ask(window: Window, kind: str) -> Any:
    """Load ``/``, go there softly, or render its three slots again."""
    if kind == "hard":
        return window.hard("/")
    window.hard("/before/")
    if kind == "soft":
        return window.soft("/")
    on_screen = {name: ["page", "/", held.key] for name, held in window.slots.items()}
    names = list(on_screen)
    return window.send("/", {"intent": "refresh", "refresh": names, "slots": on_screen})
