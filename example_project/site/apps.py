"""The app's configuration."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """What all pages of Tideline share: the frame, the login, and the display settings."""

    name = "example_project.site"
    label = "site"
