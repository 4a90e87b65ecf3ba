"""Everything that slots(), slot() and intercept() may be given, as a typed project gives it."""

from __future__ import annotations

import views
from django.http import HttpRequest
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy

from django_parallel_routes import intercept, slot, slots


def is_staff(request: HttpRequest) -> bool:
    return request.user.is_staff


def behind(request: HttpRequest, pk: int) -> str:
    return "/"


settings_pages = slots(
    gettext_lazy("settings/"),
    layout=views.wall,
    remember="url",
    children=[path("", views.wall), re_path(r"^old/$", views.wall)],
)

urlpatterns = [
    path("admin/", include([])),
    slots(
        "",
        layout="layout.html",
        children=[
            path("", views.wall, name="wall"),
            path("photos/<int:pk>/", views.photo, name="photo"),
            settings_pages,
        ],
        team=[path("", views.team)],
        numbers=slot(
            [path("numbers/", views.Numbers.as_view())],
            layout="tabs.html",
            default=views.team,
            default_layout="tabs.html",
            unmatched="keep",
            loading="loading.html",
            delivery="streamed",
            error=views.wall,
            not_found="nothing.html",
            test_func=is_staff,
        ),
        modal=slot(
            [
                intercept("photo", views.photo, origin=["wall"], opens="above", background=behind),
                intercept("wall"),
            ],
            default=None,
        ),
    ),
]
