"""The root URLconf: everything is in the dashboard app."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("example_project.dashboard.urls")),
]
