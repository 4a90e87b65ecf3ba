"""Checks of ``MIDDLEWARE`` and ``PARALLEL_ROUTES_GUARDS``: what is missing or in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage
from django.utils.module_loading import import_string

from django_parallel_routes.checks.messages import error, warning
from django_parallel_routes.checks.project import Project
from django_parallel_routes.request.access import guards

OURS = "django_parallel_routes.middleware.ParallelRoutesMiddleware"
ADD_OURS = f"Add {OURS!r} at the end of MIDDLEWARE."
LOGIN_REQUIRED = "django.contrib.auth.middleware.LoginRequiredMiddleware"

HARMLESS = {
    LOGIN_REQUIRED,
    "django.contrib.admindocs.middleware.XViewMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
}
"""Middleware whose ``process_view()`` is called for every view anyway, or never refuses one."""

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
"""Middleware of well-known packages that decides by path, by route or by attributes of the view."""


@dataclass(frozen=True)
class Middleware:
    """An entry of ``MIDDLEWARE``."""

    path: str
    factory: Any
    """The class or function; ``None`` if it can't be imported, which Django reports."""

    @property
    def names(self) -> set[str]:
        """Its dotted name, and those of its base classes."""
        bases = self.factory.__mro__ if isinstance(self.factory, type) else ()
        return {self.path, *(f"{base.__module__}.{base.__qualname__}" for base in bases)}


def installed() -> list[Middleware]:
    """Return the entries of ``MIDDLEWARE``."""
    found = []
    for path in settings.MIDDLEWARE:
        try:
            found.append(Middleware(path, import_string(path)))
        except Exception:
            found.append(Middleware(path, None))
    return found


def is_installed(name: str) -> bool:
    """Tell whether ``MIDDLEWARE`` has a class, or a subclass of it."""
    return any(name in middleware.names for middleware in installed())


def check_ours(project: Project) -> Iterator[CheckMessage]:
    """W002: ``ParallelRoutesMiddleware`` is missing."""
    if project.segments and not is_installed(OURS):
        login = (
            " It may also show the login page of LoginRequiredMiddleware in a slot."
            if is_installed(LOGIN_REQUIRED)
            else ""
        )
        yield warning(
            "W002",
            f"ParallelRoutesMiddleware is not in MIDDLEWARE: a link or redirect from a slot to a view "
            f"outside every slots() runs that view twice and loses its messages.{login}",
            ADD_OURS,
        )


def check_order(project: Project) -> Iterator[CheckMessage]:
    """W013: middleware that protects views comes after ours."""
    found = installed()
    ours = next((at for at, one in enumerate(found) if OURS in one.names), len(found))
    targets = [
        route
        for _, interception in project.interceptions
        for route in project.named(interception.route)
    ]
    if all(route.enclosing for route in targets):
        return
    for middleware in found[ours + 1 :]:
        if (
            hasattr(middleware.factory, "process_view")
            and middleware.path not in guards()
            and middleware.names.isdisjoint(HARMLESS)
        ):
            yield warning(
                "W013",
                f"MIDDLEWARE: {middleware.path} comes after ParallelRoutesMiddleware, so its "
                f"process_view() is not called for intercepted views.",
                "Move ParallelRoutesMiddleware to the end.",
            )


def check_guards(project: Project) -> Iterator[CheckMessage]:
    """E011, W023: a guard that can't be imported, or that the setting does not name."""
    for path in guards():
        try:
            import_string(path)
        except ImportError as problem:
            yield error(
                "E011",
                f"PARALLEL_ROUTES_GUARDS: {path!r} can't be imported: {problem}.",
                "Give the dotted path of a middleware, as in MIDDLEWARE.",
            )
    for middleware in installed() if project.segments else ():
        if middleware.path not in guards() and not middleware.names.isdisjoint(KNOWN_GUARDS):
            yield warning(
                "W023",
                f"MIDDLEWARE: {middleware.path} protects views by path, route or attributes, but it "
                f"sees only the view of the request's URL, not the other views of a response.",
                f"Add {middleware.path!r} to PARALLEL_ROUTES_GUARDS.",
            )
