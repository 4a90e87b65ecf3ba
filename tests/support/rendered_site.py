"""A page of two slots, for the tests of rendering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import path

from django_parallel_routes import slot, slots
from tests.window import Window, layout, serve

ALL = "{% slot %}{% slot 'side' %}"
HTML = "<html><head><title>Site</title></head><body>%s</body></html>"


def says(text: str) -> Callable[..., HttpResponse]:
    return lambda request, **kwargs: HttpResponse(text)


def two_slots(settings: Any, home: Any, side: Any, source: str = ALL, **options: Any) -> Window:
    """``L{children: home at "" and x/; side: side at "", default "default"}``, views or texts."""
    home, side = (says(view) if isinstance(view, str) else view for view in (home, side))
    return serve(
        settings,
        slots(
            "",
            layout=layout(source),
            children=[path("", home), path("x/", says("x"))],
            side=slot([path("", side)], default=says("default"), **options),
        ),
    )
