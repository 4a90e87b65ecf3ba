"""The app's configuration."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """What every page of Tideline shares: the frame, logging in, how it looks."""

    name = "example_project.site"
    label = "site"
