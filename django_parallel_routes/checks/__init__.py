"""System checks: mistakes that ``manage.py check`` finds before a request does.

Errors are what always fails; warnings what fails for some URLs, or never does what it says. Each id has
a section in ``docs/reference/checks.md``, with a wrong and a right example. Nothing is called and nothing
is rendered: URLconfs and compiled templates are read, and what can't be read is not reported.

==== ====================================================================================================
E001 an ``intercept()`` names a route that no URLconf has, as its target, origin or background
E002 an ``intercept()`` without a view whose target is outside of every ``slots()``
E003 a layout prints a slot that is not declared
E004 the background of an ``intercept()`` takes other arguments than the target has
E005 a layout prints a slot twice
E006 a layout loads the tags of django_htmx, which is not installed
E007 the page of a slot prints a slot
E009 a template of a slot or layout is missing
E010 a template names a slot that no layout around it has
E011 a middleware in ``PARALLEL_ROUTES_GUARDS`` can't be imported
E012 a default names no route of its slot
W001 the target of an ``intercept()`` is outside of every ``slots()``, and our middleware is missing
W002 our middleware is missing
W003 a slot is declared, and its layout does not print it
W004 a layout may print a slot that is not declared
W005 a URL that a click shows is a 404 on a reload: a slot has no page for it, and no default
W006 the same for a URL that opens in a modal
W007 an ``intercept()`` never fires
W008 two pages for one slot and URL
W009 a route that is never shown
W011 the page of a slot is a whole document
W013 middleware that protects views comes after ours
W016 an outermost layout without ``{% parallel_routes_script %}``
W017 an outermost layout without htmx
W019 the background of an ``intercept()`` is a page without its slot
W021 a default that takes forms, or has pages or filters, has no URL of its own
W023 middleware of a known package guards views, and is not in ``PARALLEL_ROUTES_GUARDS``
==== ====================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Tags

from django_parallel_routes.checks import (
    defaults,
    interceptions,
    layouts,
    middleware,
    routes,
    targets,
)
from django_parallel_routes.checks.declared import Project, project

ChecksProject = Callable[[Project], Iterator[CheckMessage]]

OF_URLS: tuple[ChecksProject, ...] = (
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
OF_TEMPLATES: tuple[ChecksProject, ...] = (
    layouts.check_layouts,
    layouts.check_scripts,
    layouts.check_pages,
    layouts.check_existence,
    targets.check_names,
    defaults.check_views,
)


def check_urls(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check slots, routes and interceptions of the project's URLconf, and the middleware they need."""
    return _found(OF_URLS)


def check_templates(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check the templates of layouts and of slots' pages, as far as they are known."""
    return _found(OF_TEMPLATES)


def _found(checks: Iterable[ChecksProject]) -> list[CheckMessage]:
    """Return what checks find, each message once: a URLconf may be included twice."""
    declared = project()
    if declared is None:
        return []
    found = {(message.id, message.msg): message for check in checks for message in check(declared)}
    return list(found.values())


CHECKS = ((check_urls, Tags.urls), (check_templates, Tags.templates))
"""What the app registers, and under which tag."""
