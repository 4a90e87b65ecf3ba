"""``L{children "", foo/; slot "", <rest>}``: at ``bar/``, children has neither page nor default."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import slots
from tests.views import says

urlpatterns = [
    slots(
        "",
        layout="conformance/unfillable.html",
        children=[path("", says("home")), path("foo/", says("foo"))],
        slot=[path("", says("slot's home")), path("<path:rest>", says("slot's rest: {rest}"))],
    ),
]
