"""The app's configuration."""

from __future__ import annotations

from django.apps import AppConfig


class StatusConfig(AppConfig):
    """How Tideline's services do: panels that are slow, that fail, and that not everybody sees."""

    name = "example_project.status"
    label = "status"
