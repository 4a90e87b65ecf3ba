"""System checks of defaults: those that are routes, and those that would better be."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import include, path
from django.views.generic import CreateView, ListView, TemplateView

from django_parallel_routes import slot, slots
from tests.models import Note
from tests.support.system_checks import SCRIPTS, messages, said, view

INNER = ([path("tickets/", view, name="tickets"), path("<int:id>/", view, name="ticket")], "shop")
TEMPLATES = {
    "l.html": SCRIPTS + "{% slot %}{% slot 'side' %}",
    "post.html": '<form class="a" method="post">{% csrf_token %}</form>',
    "there.html": '<form method="post" action="{% url "home" %}"></form>',
    "get.html": "<form><input name=q></form>",
    "frame.html": "{% slot %}",
}


def side(*patterns: Any, **options: Any) -> Any:
    return slots(
        "d/",
        layout="l.html",
        children=slot([path("", view, name="home")], default=view),
        side=slot([path("s/", view), *patterns], **options),
    )


@pytest.mark.parametrize(
    ("name", "frames", "what"),
    [
        ("shop:tickets", {}, ""),
        ("shop:tickets", {"layout": "frame.html", "default_layout": "frame.html"}, ""),
        ("shop:ticket", {}, "default='shop:ticket' takes arguments."),
        ("tickets", {}, "default='tickets' is not the name of a route of this slot."),
        ("other:tickets", {}, "default='other:tickets' is not the name of a route of this slot."),
    ],
)
def test_a_default_that_names_no_route_of_its_slot(
    settings: Any, name: str, frames: dict[str, str], what: str
) -> None:
    """E012: an included URLconf is not read at import."""
    from types import ModuleType

    module = ModuleType("tests.urls.of_the_shop")
    vars(module).update(urlpatterns=INNER[0], app_name="shop")
    patterns = side(path("", include(module)), default=name, **frames)
    assert said(settings, patterns, templates=TEMPLATES) == (
        [("E012", f"slots('d/'): slot 'side': {what}")] if what else []
    )


def test_the_routes_that_a_default_may_be_are_listed(settings: Any) -> None:
    """E012: the remedy."""
    from types import ModuleType

    module = ModuleType("tests.urls.of_the_shop")
    vars(module).update(urlpatterns=INNER[0])
    [message] = messages(
        settings, side(path("", include(module)), default="a"), templates=TEMPLATES
    )
    assert "Its routes: 'ticket', 'tickets'." in message.hint
    vars(module).update(urlpatterns=[])
    [message] = messages(
        settings, side(path("", include(module)), default="a"), templates=TEMPLATES
    )
    assert "Its routes" not in message.hint


class Filtered(ListView):
    model = Note
    template_name = "get.html"


Filtered.__module__ = "django_filters.views"


def search(request: Any) -> HttpResponse:
    return HttpResponse(request.POST.get("words", ""))


@pytest.mark.parametrize(
    ("default", "does"),
    [
        (CreateView.as_view(model=Note, fields=[], template_name="get.html"), "takes forms"),
        (ListView.as_view(model=Note, template_name="get.html", paginate_by=9), "has pages or"),
        (Filtered.as_view(), "has pages or filters"),
        ("post.html", "prints a form without an action"),
        (TemplateView.as_view(template_name="post.html"), "prints a form without an action"),
        (ListView.as_view(model=Note, template_name="get.html"), ""),
        (
            CreateView.as_view(
                model=Note, fields=[], template_name="get.html", http_method_names=["get"]
            ),
            "",
        ),
        (search, ""),
        ("get.html", ""),
        ("there.html", ""),
        (view, ""),
        (None, ""),
    ],
)
@pytest.mark.parametrize("layout", [None, "frame.html"])
def test_a_default_that_wants_a_url_of_its_own(
    settings: Any, default: Any, does: str, layout: Any
) -> None:
    """W021: what can be read of a view and its template."""
    frame = {"default_layout": layout} if layout and default else {}
    found = said(settings, side(default=default, **frame), templates=TEMPLATES)
    assert [number for number, _ in found] == (["W021"] if does else [])
    assert all(does in text for _, text in found)
