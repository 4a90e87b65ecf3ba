"""``p/ L{children "", nested/; foo D, nested/ L{a,b}; bar D, nested/ L{a,b,children}}``."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import slot, slots
from tests.views import says

foo = slots(
    "nested/",
    layout="conformance/nested_foo.html",
    a=[path("", says("foo a"))],
    b=[path("", says("foo b"))],
)
bar = slots(
    "nested/",
    layout="conformance/nested_bar.html",
    children=[path("", says("bar children"))],
    a=[path("", says("bar a"))],
    b=[path("", says("bar b"))],
)
urlpatterns = [
    slots(
        "p/",
        layout="conformance/nested.html",
        children=[path("", says("home")), path("nested/", says("nested"))],
        foo=slot([foo], default=says("foo default")),
        bar=slot([bar], default=says("bar default")),
    ),
]
