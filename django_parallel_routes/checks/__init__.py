"""System checks: mistakes in URLconfs, layouts and settings that ``manage.py check`` finds.

Errors always fail; warnings fail for some URLs, or declare what never happens. Nothing is called or
rendered: the checks read the URLconf and compiled templates, and don't report what they can't read.

``docs/reference/checks.md`` has a section for each id, with a wrong and a right example.

==== ====================================================================================================
E001 an ``intercept()`` names a route that no URLconf has, as its target, origin or background
E002 an ``intercept()`` without a view, whose target is outside every ``slots()``
E003 a layout prints a slot that is not declared
E004 the background of an ``intercept()`` takes other arguments than its target
E005 a layout prints a slot twice
E006 a layout loads the tags of django_htmx, which is not installed
E007 the page of a slot prints a slot
E009 a template of a slot or layout does not exist
E010 a template names a slot that no layout around it has
E011 a middleware in ``PARALLEL_ROUTES_GUARDS`` can't be imported
E012 a default names no route of its slot
W001 the target of an ``intercept()`` is outside every ``slots()``, and our middleware is missing
W002 our middleware is missing
W003 a layout does not print a slot that is declared
W004 a layout may print a slot that is not declared
W005 a URL that a click shows is a 404 on a reload, because a slot has no page and no default for it
W006 the same for a URL that opens in a modal
W007 an ``intercept()`` never fires
W008 two pages for the same URLs of a slot
W009 a route that is never shown
W011 the page of a slot is a whole document
W013 middleware that protects views comes after ours
W016 an outermost layout without ``{% parallel_routes_script %}``
W017 an outermost layout without htmx
W019 the background of an ``intercept()`` is a page without its slot
W021 a default that takes forms, or has pages or filters, has no URL of its own
W023 middleware of a known package protects views, and is not in ``PARALLEL_ROUTES_GUARDS``
==== ====================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Tags

from django_parallel_routes.checks import (
    defaults,
    interceptions,
    layouts,
    middleware,
    pages,
    routes,
)
from django_parallel_routes.checks.project import Project, project

Check = Callable[[Project], Iterator[CheckMessage]]

OF_URLS: tuple[Check, ...] = (
    middleware.check_ours,
    interceptions.check_names,
    interceptions.check_targets,
    interceptions.check_backgrounds,
    interceptions.check_firing,
    defaults.check_routes,
    routes.check_reloads,
    routes.check_duplicates,
    routes.check_reached,
    middleware.check_order,
    middleware.check_guards,
)
OF_TEMPLATES: tuple[Check, ...] = (
    layouts.check_layouts,
    layouts.check_scripts,
    pages.check_pages,
    pages.check_existence,
    pages.check_names,
    defaults.check_views,
)


def check_urls(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check the slots, routes and interceptions of the URLconf, and the middleware they need."""
    return _run(OF_URLS)


def check_templates(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check the templates of layouts and of slots' pages, as far as they are known."""
    return _run(OF_TEMPLATES)


def _run(checks: tuple[Check, ...]) -> list[CheckMessage]:
    """Return the messages of checks, each once: a URLconf may be included twice."""
    declared = project()
    if declared is None:
        return []
    found = {(message.id, message.msg): message for check in checks for message in check(declared)}
    return list(found.values())


CHECKS = ((check_urls, Tags.urls), (check_templates, Tags.templates))
"""What the app registers, and under which tag."""
