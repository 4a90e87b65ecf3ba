"""Views of a table that answer with a file, or redirect: in the page, and in the default of a slot."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin
from django_tables2.export.views import ExportMixin

from django_parallel_routes import slot, slots
from django_parallel_routes.test import SlotClient
from tests.docs.recipes import install
from tests.views import says
from tests.window import layout, serve

pytestmark = pytest.mark.usefixtures("books")

DOCUMENT = """<!doctype html><title>Site</title>{% parallel_routes_script %}
<body>{% slot %}{% slot "table" %}{% slot "said" %}</body>"""


@pytest.mark.parametrize("place", ["children", "table"])
def test_a_table_exports_a_file_and_its_filter_redirects(settings: Any, place: str) -> None:
    """The file leaves the screen as it was; the redirect changes the slot, and its message is shown."""
    install(settings, "tables")
    from shop.tables import BookFilter, BookTable

    class Books(ExportMixin, SingleTableMixin, FilterView):
        table_class = BookTable
        filterset_class = BookFilter
        template_name = "shop/book_table.html"
        export_formats = ("csv",)

        def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.GET.get("title") == "first":
                messages.info(request, "The first.")
                return redirect("/books/?title=Book 01")
            return super().get(request, *args, **kwargs)

    routes = [path("books/", Books.as_view(), name="books"), path("books/<int:pk>/", says(""))]
    routes[1].name = "book"
    home = path("", says("home"))
    slots_ = {
        "children": slot([home, *routes] if place == "children" else [home], default=says("home"))
    }
    if place == "table":
        slots_["table"] = slot(routes, default="books")
    said = slot([], default=layout("{{ messages|join:' ' }}"), unmatched="refresh")
    document = DOCUMENT if place == "table" else DOCUMENT.replace('{% slot "table" %}', "")
    serve(settings, slots("", layout=layout(document), said=said, **slots_))
    client = SlotClient()
    client.load("/books/" if place == "children" else "/")
    before = client.screen.text
    response = client.visit("?_export=csv", inside=place)
    assert client.screen.requests == ("soft GET /books/?_export=csv",)
    assert response.content.startswith(b"Title,Author,Price")
    assert client.screen.text == before
    client.submit_form({"title": "first"}, inside=place)
    client.assert_shows(place, "Book 01")
    assert "Book 02" not in client.screen.slots[place].text
    assert client.screen.slots["said"].text == "The first."
