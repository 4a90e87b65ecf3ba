from __future__ import annotations

SECRET_KEY = "only for mypy"
ROOT_URLCONF = "urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django_htmx",
    "django_parallel_routes",
]
MIDDLEWARE = [
    "django_htmx.middleware.HtmxMiddleware",
    "django_parallel_routes.middleware.ParallelRoutesMiddleware",
]
