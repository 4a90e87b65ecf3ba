"""The app's configuration."""

from __future__ import annotations

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """Team and analytics, for a small company that does not exist."""

    name = "example_project.dashboard"
    label = "dashboard"
