"""An app's URLconf with slots of its own, to be included with namespaces."""

from __future__ import annotations

from django.urls import include, path

from django_parallel_routes import slot, slots
from tests.views import says

app_name = "shop"
urlpatterns = [
    slots(
        "<slug:shop>/",
        layout="layout.html",
        children=[
            path("", says("shop"), name="home"),
            path("items/<int:id>/", says("item {id}"), name="item"),
            path("help/", include(([path("", says("help"), name="index")], "help"))),
        ],
        side=slot([path("cart/", says("cart"), name="cart")], default=None),
    ),
]
