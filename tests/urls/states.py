"""Three slots: one that a test holds up, one that fails until it is mended, and one that is well."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from django_parallel_routes import slot, slots
from tests.urls.nav_views import gated, plain
from tests.views import says

mended: set[str] = set()


def fails(request: HttpRequest) -> HttpResponse:
    if request.path not in mended:
        raise RuntimeError("This slot fails.")
    return says("mended")(request)


def page(delivery: str) -> object:
    return slots(
        f"{delivery}/",
        layout="conformance/states.html",
        children=[path("", says("well"))],
        slow=slot(
            [path("", gated("slow, at last"))],
            loading="conformance/_loading.html",
            delivery=delivery,
        ),
        failing=slot([path("", fails)], error="conformance/_error.html"),
    )


urlpatterns = [page("deferred"), page("streamed"), path("plain/", plain)]
