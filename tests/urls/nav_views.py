"""Views that the URLconfs of the navigation tests share."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from tests.support.gates import gates
from tests.views import View, says


def html(markup: str) -> View:
    """A view that answers this markup."""
    return lambda request, **kwargs: HttpResponse(markup)


def linking(*links: str, template: str = "navigation/layout.html", then: str = "") -> View:
    """A layout with a link to each of these URLs, and with further markup."""

    def layout(request: HttpRequest, **kwargs: object) -> HttpResponse:
        return render(request, template, {"links": links, "then": mark_safe(then)})

    return layout


def gated(text: str) -> View:
    """A view that says this once its gate is open."""

    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        gates.arrive(request.path)
        return says(text)(request, **kwargs)

    return view


def plain(request: HttpRequest) -> HttpResponse:
    """A page outside of any ``slots()``."""
    return render(request, "navigation/plain.html")
