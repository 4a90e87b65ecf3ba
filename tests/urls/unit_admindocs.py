"""A URLconf that is a module of its own, as admindocs and ``manage.py check`` want it."""

from __future__ import annotations

from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy

from django_parallel_routes import slot, slots
from tests.views import says


def numbers(request, year):
    """Show the numbers of a year."""
    return says("numbers")(request)


urlpatterns = [
    slots(
        "d/<int:pk>/",
        layout="layout.html",
        children=[
            path("", says("home"), name="home"),
            path("numbers/<int:year>/", numbers, name="numbers"),
            path("shops/", include("tests.urls.unit_included", namespace="shops")),
            slots("in/", layout="layout.html", children=[path("x/", says("x"))]),
        ],
        side=slot(
            [re_path(r"^(?P<word>\w+)/$", says("word")), path(gettext_lazy("now/"), says("now"))],
            layout="layout.html",
            default=None,
        ),
    ),
]
