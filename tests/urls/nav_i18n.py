"""``slots()`` below a language's prefix."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import path
from django.utils.translation import get_language

from django_parallel_routes import slot, slots
from tests.urls.nav_views import View, html
from tests.views import says


def in_language(text: str) -> View:
    return lambda request, **kwargs: says(f"{text} in {get_language()}")(request, **kwargs)


urlpatterns = i18n_patterns(
    slots(
        "d/",
        layout="navigation/i18n.html",
        children=[
            path("", in_language("home"), name="home"),
            path("page/", in_language("page"), name="page"),
        ],
        side=slot([path("side/", in_language("side"), name="side")], default=html("")),
    )
)
