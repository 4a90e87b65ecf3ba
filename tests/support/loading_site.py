"""A site with a slot that has a loading state."""

from __future__ import annotations

from typing import Any

from django.urls import path

from django_parallel_routes import slot, slots
from tests.window import Pages, Window, layout, serve

PAGE = "<html><head><title>L</title></head><body>{% slot %}{% slot 'side' %}</body></html>"
WAITING = layout("<i>wait</i>")


def site(settings: Any, pages: Pages, *, source: str = PAGE, **options: Any) -> Window:
    """``L{children: "", x/; side: "", x/, default}``, where side has a loading state."""
    return serve(
        settings,
        slots(
            "",
            layout=pages.layout("layout", source),
            children=[path("", pages("home")), path("x/", pages("x")), path("y/", pages("y"))],
            side=slot(
                [path("", pages("side")), path("x/", pages("side x"))],
                default=pages("default"),
                **{"loading": WAITING, **options},
            ),
        ),
    )


def navigate(window: Window) -> dict[str, Any]:
    return {"intent": "navigate", "slots": window.mounted, "current_url": window.at}
