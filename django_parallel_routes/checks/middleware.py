"""Checks of ``MIDDLEWARE`` and ``PARALLEL_ROUTES_GUARDS``: what is missing or in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage
from django.utils.module_loading import import_string

from django_parallel_routes.checks.project import Project, message
from django_parallel_routes.conf import guards

OURS = "django_parallel_routes.middleware.ParallelRoutesMiddleware"
HARMLESS = {
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.admindocs.middleware.XViewMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
}
"""Middleware whose ``process_view()`` is called for every view anyway, or never refuses a view."""

KNOWN_GUARDS = {
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
}
"""Middleware of well-known packages that decides by the path, the route or attributes of the view."""


def check_guards(project: Project) -> Iterator[CheckMessage]:
    """E024: a guard can't be imported, so the first request would fail."""
    for path in guards():
        try:
            import_string(path)
        except Exception as error:
            what = f"PARALLEL_ROUTES_GUARDS: {path!r} can't be imported: {error}."
            yield message("E024", what, "Give the dotted path of middleware, as in MIDDLEWARE.")


def check_middleware(project: Project) -> Iterator[CheckMessage]:
    """W002, W013, W023: our middleware is missing, or other middleware does not protect all views."""
    targets = [route for _, one in project.interceptions for route in project.named(one.route)]
    intercepts_outside = not all(target.enclosing for target in targets)
    is_after_ours = False
    for path in settings.MIDDLEWARE if project.segments else ():
        try:
            factory: Any = import_string(path)
        except Exception:  # Django reports middleware that can't be imported.
            continue
        bases = getattr(factory, "__mro__", ())
        names = {path, *(f"{base.__module__}.{base.__qualname__}" for base in bases)}
        is_asked = path in guards()
        if not is_asked and not names.isdisjoint(KNOWN_GUARDS):
            yield message(
                "W023",
                f"MIDDLEWARE: {path} protects views by path, route or attributes, but it "
                f"sees only the view of the request's URL, not the other views of a response.",
                f"Add {path!r} to PARALLEL_ROUTES_GUARDS.",
            )
        refuses = hasattr(factory, "process_view") and names.isdisjoint(HARMLESS)
        if refuses and not is_asked and is_after_ours and intercepts_outside:
            yield message(
                "W013",
                f"MIDDLEWARE: {path} comes after ParallelRoutesMiddleware, so its process_view() is "
                f"not called for intercepted views.",
                "Move ParallelRoutesMiddleware to the end.",
            )
        is_after_ours |= OURS in names
    if project.segments and not is_after_ours:
        yield message(
            "W002",
            "ParallelRoutesMiddleware is not in MIDDLEWARE: a link or redirect from a slot to a view "
            "outside every slots() runs that view twice and loses its messages, and an intercept() of such "
            "a view never fires.",
            f"Add {OURS!r} at the end of MIDDLEWARE.",
        )
