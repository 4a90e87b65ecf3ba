"""``L{children "", cart/, <rest>; side "", <rest>; modal D, <rest>, intercept cart}``."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.views import says

urlpatterns = [
    slots(
        "c/",
        layout="interception/cart.html",
        children=[
            path("", says("home")),
            path("cart/", says("cart page"), name="cart"),
            path("<path:rest>", says("page {rest}")),
        ],
        side=[path("", says("side home")), path("<path:rest>", says("side {rest}"))],
        modal=slot(
            [path("<path:rest>", says("modal {rest}")), intercept("cart", says("cart modal"))],
            default=says("modal default"),
        ),
    ),
]
