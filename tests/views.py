"""Views that the tests' URLconfs are made of."""

from __future__ import annotations

from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html


class View(Protocol):
    def __call__(self, request: HttpRequest, **kwargs: Any) -> HttpResponse: ...


def says(text: str) -> View:
    """A view that answers one paragraph; ``{id}`` in it stands for what the URL captured."""

    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponse(format_html("<p>{}</p>", text.format(**kwargs)))

    return view
