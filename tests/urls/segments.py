"""``a/``, where the layout and every page print what ``selected_segment`` and ``…s`` say."""

from __future__ import annotations

from django.shortcuts import render
from django.urls import path

from django_parallel_routes import slot, slots


def page(request):
    return render(request, "conformance/_segments.html")


urlpatterns = [
    slots(
        "a/",
        layout="conformance/segments.html",
        children=slot([path("", page), path("b/c/", page)], default=page),
        side=slot([path("x/y/", page)], default=page),
    ),
]
