"""The app's configuration."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks
from django.db.backends.signals import connection_created


class ParallelRoutesConfig(AppConfig):
    """Registers the system checks, and what listens to database queries. There are no models."""

    name = "django_parallel_routes"
    verbose_name = "Parallel routes"

    def ready(self) -> None:
        from django_parallel_routes.checks import CHECKS
        from django_parallel_routes.instrumentation.costs import watch_connection

        for check, tag in CHECKS:
            checks.register(check, tag)
        connection_created.connect(watch_connection)
