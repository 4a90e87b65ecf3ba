"""System checks: mistakes in URLconfs, layouts and settings that ``manage.py check`` finds.

An error breaks a page whenever it is shown. A warning is for what breaks some URLs only, or never has an
effect. Nothing is called or rendered: the checks read the URLconf and compiled templates, and don't report
what they can't read.

``docs/reference/checks.md`` has a section for each id, with a wrong and a right example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags
from django.urls import get_resolver

from django_parallel_routes.checks import middleware, pages, routes
from django_parallel_routes.checks.project import Project


def check_urls(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check the slots, routes and interceptions of the URLconf, and the settings that they need."""
    return _run(
        middleware.check_guards,
        middleware.check_middleware,
        routes.check_interceptions,
        routes.check_reloads,
        routes.check_shown,
    )


def check_templates(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check the templates of layouts and of slots' pages, as far as they are known."""
    return _run(pages.check_layouts, pages.check_pages, pages.check_defaults)


def _run(*checks: Callable[[Project], Iterator[CheckMessage]]) -> list[CheckMessage]:
    """Return the messages of checks, each once: a URLconf may be included several times."""
    if not getattr(settings, "ROOT_URLCONF", None):
        return []
    project = Project(get_resolver())
    found = {(message.id, message.msg): message for check in checks for message in check(project)}
    return list(found.values())


CHECKS = ((check_urls, Tags.urls), (check_templates, Tags.templates))
"""The checks that the app registers, each with its tag."""
