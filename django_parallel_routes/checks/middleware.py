"""Checks of ``MIDDLEWARE`` and ``INSTALLED_APPS``: what is missing, or stands in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.module_loading import import_string

from django_parallel_routes.checks.declared import Project
from django_parallel_routes.checks.messages import error, warning
from django_parallel_routes.middleware import ParallelRoutesMiddleware
from django_parallel_routes.request.access import guards

HARMLESS = ("django.contrib.auth.", "django.contrib.admindocs.")
"""Their ``process_view()`` is asked all the same (``guards``), or refuses nothing."""

AUTH = "django.contrib.auth.middleware"


def middleware() -> list[tuple[str, Any]]:
    """Return the project's middleware, by path; what can't be imported is another check's."""
    found: list[tuple[str, Any]] = []
    for path in settings.MIDDLEWARE:
        try:
            found.append((path, import_string(path)))
        except Exception:
            found.append((path, None))
    return found


def has(kind: type) -> bool:
    """Tell whether a middleware class is installed, or a subclass of it."""
    return any(_is(item, kind) for _, item in middleware())


def has_ours() -> bool:
    """Tell whether our middleware is installed, or a subclass of it."""
    return has(ParallelRoutesMiddleware)


def has_named(path: str) -> bool:
    """Tell whether a middleware class is installed, or a subclass of it, without importing it."""
    return any(
        path == f"{base.__module__}.{base.__qualname__}"
        for _, item in middleware()
        if isinstance(item, type)
        for base in item.__mro__
    )


def _is(item: Any, kind: type | tuple[type, ...]) -> bool:
    return isinstance(item, type) and issubclass(item, kind)


def check_ours(project: Project) -> Iterator[CheckMessage]:
    """W002: our middleware is missing, which answers the script for views outside of every slots()."""
    if not project.places or has_ours():
        return
    message = (
        "ParallelRoutesMiddleware is not in MIDDLEWARE: a link or redirect from a slot to a view "
        "outside of every slots() runs that view twice, and its messages are lost."
    )
    if has_named(f"{AUTH}.LoginRequiredMiddleware"):
        message += " The login of LoginRequiredMiddleware may be shown in a slot."
    yield warning(
        "W002",
        message,
        "Add 'django_parallel_routes.middleware.ParallelRoutesMiddleware' to MIDDLEWARE, last.",
    )


def check_order(project: Project) -> Iterator[CheckMessage]:
    """W013: what comes after our middleware, and may not."""
    found = middleware()
    ours = next(
        (at for at, (_, item) in enumerate(found) if _is(item, ParallelRoutesMiddleware)), -1
    )
    if ours < 0 or not any(_is_outside(project, rule.route) for _, rule in project.rules):
        return
    for path, item in found[ours + 1 :]:
        if (
            hasattr(item, "process_view")
            and not _is(item, CsrfViewMiddleware)
            and not item.__module__.startswith(HARMLESS)
            and path not in guards()
        ):
            yield warning(
                "W013",
                f"MIDDLEWARE: {path} comes after ParallelRoutesMiddleware, so its process_view() is "
                f"not asked about views that are intercepted.",
                "Put ParallelRoutesMiddleware last.",
            )


def _is_outside(project: Project, name: str) -> bool:
    return any(not route.inside for route in project.named(name))


KNOWN_GUARDS = (
    "allauth_2fa.middleware.BaseRequire2FAMiddleware",
    "django_auth_adfs.middleware.LoginRequiredMiddleware",
    "iprestrict.middleware.IPRestrictMiddleware",
    "lockdown.middleware.LockdownMiddleware",
    "login_required.middleware.LoginRequiredMiddleware",
    "maintenance_mode.middleware.MaintenanceModeMiddleware",
    "maintenancemode.middleware.MaintenanceModeMiddleware",
    "mfa.middleware.MFAEnforceMiddleware",
    "password_policies.middleware.PasswordChangeMiddleware",
    "password_policies.middleware.PasswordExpirationMiddleware",
    "stronghold.middleware.LoginRequiredMiddleware",
    "termsandconditions.middleware.TermsAndConditionsRedirectMiddleware",
)
"""Middleware of well-known packages that decides by path, by route or by attributes of the view."""


def check_guards(project: Project) -> Iterator[CheckMessage]:
    """E011, W023: a guard that can't be loaded, and one that is not named in the setting."""
    named = guards()
    for path in named:
        try:
            import_string(path)
        except ImportError as problem:
            yield error(
                "E011",
                f"PARALLEL_ROUTES_GUARDS: {path!r} can't be imported: {problem}.",
                "Give the dotted path of a middleware, as in MIDDLEWARE.",
            )
    if not project.places:
        return
    for path, item in middleware():
        bases = item.__mro__ if isinstance(item, type) else ()
        kinds = {f"{base.__module__}.{base.__qualname__}" for base in bases} | {path}
        if path not in named and not kinds.isdisjoint(KNOWN_GUARDS):
            yield warning(
                "W023",
                f"MIDDLEWARE: {path} decides by path, route or view, and is asked about the URL of "
                f"the request alone, not about the other views of the answer.",
                f"Add {path!r} to PARALLEL_ROUTES_GUARDS.",
            )
