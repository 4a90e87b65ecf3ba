"""The app's configuration."""

from __future__ import annotations

from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """The photographs that the team brings back from its holidays."""

    name = "example_project.gallery"
    label = "gallery"
