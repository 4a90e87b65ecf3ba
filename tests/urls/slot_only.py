"""``<slug>/ L{foo: <id>/; bar: <id>/}``: named slots and no children at all."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import slots
from tests.views import says

urlpatterns = [
    slots(
        "<slug:slug>/",
        layout="conformance/slot_only.html",
        foo=[path("<int:id>/", says("foo {slug} {id}"))],
        bar=[path("<int:id>/", says("bar {slug} {id}"))],
    ),
]
