"""Settings of the tests with third-party packages: those of the other tests, and their apps."""

from __future__ import annotations

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS, MIDDLEWARE, TEMPLATES

INSTALLED_APPS += [
    "django.contrib.admin",
    "django_tables2",
    "django_filters",
    "formtools",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "django_components",
    "csp",
    "django_select2",
    "tinymce",
]
MIDDLEWARE.insert(
    -2, "allauth.account.middleware.AccountMiddleware"
)  # allauth does not start without
del TEMPLATES[1:]  # Jinja2 is not installed
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"  # read when it is imported
