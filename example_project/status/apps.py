"""The app's configuration."""

from __future__ import annotations

from django.apps import AppConfig


class StatusConfig(AppConfig):
    """The status of Tideline's services: panels that are slow, that fail, and that not all users see."""

    name = "example_project.status"
    label = "status"
