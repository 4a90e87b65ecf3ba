"""The app's configuration."""

from __future__ import annotations

from django.apps import AppConfig


class ParallelRoutesConfig(AppConfig):
    """Makes the template tags and the static file known to Django; there are no models."""

    name = "django_parallel_routes"
    verbose_name = "Parallel routes"
