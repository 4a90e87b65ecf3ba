"""``n/ L{children "", foo/; parallel D, foo/}``: a default that a soft navigation leaves."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import slot, slots
from tests.views import says

urlpatterns = [
    slots(
        "n/",
        layout="conformance/defaults.html",
        children=[path("", says("home")), path("foo/", says("foo"))],
        parallel=slot([path("foo/", says("parallel foo"))], default=says("parallel default")),
    ),
]
